/** Preparers that ONNX can say, as operators over rows × columns doubles, NaN is missing. */
import type { SavedPreparer } from '../contracts/preparation.ts'
import type { Column } from '../contracts/rows.ts'
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

export const preparerWriters: ReadonlyMap<string, PreparerWriter> = new Map([
  ['imputer', imputer],
  ['category-encoder', categoryEncoder],
])
