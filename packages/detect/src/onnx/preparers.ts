/** Preparers that ONNX can say, as operators over rows × columns doubles, NaN is missing. */
import type { SavedPreparer } from '../contracts/preparation.ts'
import type { Column } from '../contracts/rows.ts'
import type { Scaling } from '../prepare/scaling.ts'
import type { Selection } from '../prepare/selection.ts'
import { lookUp } from './categories.ts'
import type { Graph } from './graph.ts'

/** Writes the rows as they come out. */
export type PreparerWriter = (graph: Graph, saved: SavedPreparer, rows: string) => string

const imputer: PreparerWriter = (graph, { state }, rows) => {
  const { fill, indicated } = state as { fill: Float64Array; indicated: Int32Array }
  const missing = graph.op('IsNaN', [rows])
  const filled = graph.op('Where', [missing, graph.doubles(fill, [1, fill.length]), rows])
  if (indicated.length === 0) return filled
  return graph.beside([filled, graph.columns(graph.cast(missing, 'double'), indicated)])
}

/** A missing category stays missing in all columns that are made of it. */
const categoryEncoder: PreparerWriter = (graph, { state, columns }, rows) => {
  const { encoding, codes } = state as { encoding: string; codes: readonly Float64Array[] }
  const made = columns.map((column: Column, j) => {
    const own = graph.columns(rows, [j])
    if (column.type === 'number') return own
    const code = codes[j] as Float64Array
    const width = encoding === 'one-hot' ? (code.at(-1) as number) + 1 : 1
    const row = (value: number) =>
      encoding === 'one-hot' ? Array.from({ length: width }, (_, place) => (place === value ? 1 : 0)) : [value]
    const missing = new Array<number>(width).fill(Number.NaN)
    return lookUp(graph, own, column.categories.length, (at) => (at < code.length ? row(code[at] as number) : missing))
  })
  return graph.beside(made)
}

/** (value − centre) / scale; a missing value stays missing. Columns of categories have a centre of 0 and a scale of 1. */
const scaler: PreparerWriter = (graph, { state }, rows) => {
  const { centre, scale } = state as Scaling
  const moved = graph.op('Sub', [rows, graph.doubles(centre, [1, centre.length])])
  return graph.op('Div', [moved, graph.doubles(scale, [1, scale.length])])
}

/** sign(x) · ln(1 + |x|) of the columns of numbers. */
const signedLogarithm: PreparerWriter = (graph, { columns }, rows) => {
  const sizes = graph.op('Add', [graph.op('Abs', [rows]), graph.doubles([1], [1])])
  const logarithms = graph.op('Mul', [graph.op('Sign', [rows]), graph.op('Log', [sizes])])
  const order = columns.map(({ type }, j) => (type === 'number' ? columns.length + j : j))
  return graph.columns(graph.beside([rows, logarithms]), order)
}

const selector: PreparerWriter = (graph, { state }, rows) => graph.columns(rows, (state as Selection).kept)

const mainAxes: PreparerWriter = (graph, { state }, rows) => {
  const { centre, scale, axes } = state as { centre: Float64Array; scale: Float64Array; axes: Float64Array }
  const width = centre.length
  const moved = graph.op('Sub', [rows, graph.doubles(centre, [1, width])])
  const scaled = graph.op('Mul', [moved, graph.doubles(scale, [1, width])])
  return graph.op('MatMul', [scaled, graph.doubles(axes, [width, axes.length / width])])
}

export const preparerWriters: ReadonlyMap<string, PreparerWriter> = new Map([
  ['anova-selector', selector],
  ['category-encoder', categoryEncoder],
  ['ensemble-selector', selector],
  ['forest-selector', selector],
  ['imputer', imputer],
  ['min-max-scaler', scaler],
  ['mutual-information-selector', selector],
  ['principal-components', mainAxes],
  ['recursive-elimination-selector', selector],
  ['robust-scaler', scaler],
  ['signed-logarithm', signedLogarithm],
  ['standard-scaler', scaler],
])
