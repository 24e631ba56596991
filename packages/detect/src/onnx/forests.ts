/** Detectors that ONNX can say, each as operators over the rows (rows × columns doubles, NaN is missing). */
import type { SavedModel } from '../contracts/model.ts'
import type { ExtendedForest } from '../detectors/table/extended-isolation-forest.ts'
import type { IsolationTrees } from '../detectors/table/isolation-forest.ts'
import { averagePathLengths } from '../numerics/average-path.ts'
import { MOST } from '../numerics/kernels/matrix-slow.ts'
import type { TreeEnsemble } from '../numerics/tree-ensemble.ts'
import { sumOfEnsemble } from './binned-trees.ts'
import type { Graph } from './graph.ts'
import { sumOfTrees } from './tree-regressor.ts'

/** Writes the score of rows: rows doubles. */
export type DetectorWriter = (graph: Graph, saved: SavedModel, rows: string) => string

const scalar = (graph: Graph, value: number): string => graph.doubles([value], [1])

/** 2^(−sum of paths / (trees × c(ψ))): Liu, Ting and Zhou 2008, equation 2. */
function isolation(graph: Graph, paths: string, trees: number, subSample: number): string {
  const average = averagePathLengths(subSample)[subSample] as number
  const exponent = graph.op('Mul', [paths, scalar(graph, -Math.LN2 / (trees * average))])
  return graph.op('Exp', [exponent])
}

const isolationForest: DetectorWriter = (graph, { state }, rows) => {
  const { roots, column, threshold, left, path, subSample } = state as IsolationTrees
  const node = (at: number) => {
    const next = left[at] as number
    if (next === at) return { value: path[at] as number }
    const split = { column: column[at] as number, threshold: threshold[at] as number }
    return { ...split, left: next, right: next + 1, missingLeft: false }
  }
  const paths = sumOfTrees(graph, rows, { roots, count: left.length, node })
  return isolation(graph, paths, roots.length, subSample)
}

/** Every plane is a column of a product of matrices; trees then split on those columns. */
const extendedIsolationForest: DetectorWriter = (graph, { state }, rows) => {
  const { centre, scale, roots, normals, offset, left, path, subSample } = state as ExtendedForest
  const width = centre.length
  const inner = [...left.keys()].filter((at) => (left[at] as number) >= 0)
  const planes = new Float64Array(width * inner.length)
  for (const [place, at] of inner.entries())
    for (let j = 0; j < width; j++) planes[j * inner.length + place] = normals[at * width + j] as number
  const moved = graph.op('Sub', [rows, graph.doubles(centre, [1, width])])
  const scaled = graph.op('Mul', [moved, graph.doubles(scale, [1, width])])
  const held = graph.op('Clip', [scaled, graph.doubles([-MOST], []), graph.doubles([MOST], [])])
  const products = inner.length === 0 ? held : graph.op('MatMul', [held, graph.doubles(planes, [width, inner.length])])
  const places = new Map(inner.map((at, place) => [at, place]))
  const node = (at: number) => {
    const column = places.get(at)
    if (column === undefined) return { value: path[at] as number }
    const next = left[at] as number
    return { column, threshold: offset[at] as number, left: next, right: next + 1, missingLeft: false }
  }
  const paths = sumOfTrees(graph, products, { roots, count: left.length, node })
  return isolation(graph, paths, roots.length, subSample)
}

const randomForest: DetectorWriter = (graph, { state, columns }, rows) =>
  sumOfEnsemble(graph, (state as { trees: TreeEnsemble }).trees, columns, rows)

const gradientBoosting: DetectorWriter = (graph, { state, columns }, rows) => {
  const { start, trees } = state as { start: number; trees: TreeEnsemble }
  return graph.op('Add', [sumOfEnsemble(graph, trees, columns, rows), scalar(graph, start)])
}

export const detectorWriters: ReadonlyMap<string, DetectorWriter> = new Map([
  ['isolation-forest', isolationForest],
  ['extended-isolation-forest', extendedIsolationForest],
  ['random-forest', randomForest],
  ['gradient-boosting', gradientBoosting],
])
