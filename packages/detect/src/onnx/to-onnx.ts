/** Models as ONNX. */
import { HeedfulError } from '../contracts/errors.ts'
import type { Model, SavedModel } from '../contracts/model.ts'
import type { SavedPreparer } from '../contracts/preparation.ts'
import type { CategoryColumn, Column } from '../contracts/rows.ts'
import { readCategories } from './categories.ts'
import { detectorWriters } from './forests.ts'
import { Graph } from './graph.ts'
import { preparerWriters } from './preparers.ts'

/** Ids of the detectors and preparers that can be written as ONNX. */
export const expressible = {
  detectors: [...detectorWriters.keys()],
  preparers: [...preparerWriters.keys()],
} as const

/** The table as rows × columns doubles, in the order of the model, out of one input for numbers and one for categories. */
function readInputs(graph: Graph, columns: readonly Column[]): string {
  const numbers = [...columns.keys()].filter((j) => columns[j]?.type === 'number')
  const categories = [...columns.keys()].filter((j) => columns[j]?.type === 'category')
  const parts: string[] = []
  if (numbers.length > 0) parts.push(graph.input('numbers', 'double', numbers.length))
  const texts = categories.length > 0 ? graph.input('categories', 'text', categories.length) : ''
  for (const [place, j] of categories.entries())
    parts.push(readCategories(graph, graph.columns(texts, [place]), columns[j] as CategoryColumn))
  const order = [...numbers, ...categories]
  const together = graph.beside(parts)
  if (order.every((j, place) => j === place)) return together
  return graph.columns(
    together,
    columns.map((_, j) => order.indexOf(j)),
  )
}

const refused = (what: string, way: string) =>
  new HeedfulError('onnx-impossible', `${what} cannot be written as ONNX; ${way}`)

/** A preparer and a detector, where the model is made of them. */
function partsOf({ detector, state }: SavedModel): { preparer: SavedPreparer; inner: SavedModel } | undefined {
  if (typeof state !== 'object' || state === null || !('preparer' in state) || !('detector' in state)) return undefined
  const [preparer, inner] = [state.preparer as SavedPreparer, state.detector as SavedModel]
  return detector === `${preparer.preparer}+${inner.detector}` ? { preparer, inner } : undefined
}

function writeScore(graph: Graph, saved: SavedModel, rows: string): string {
  const writer = detectorWriters.get(saved.detector)
  if (writer) return writer(graph, saved, rows)
  const parts = partsOf(saved)
  if (!parts) {
    const known = `${expressible.detectors.join(', ')} can`
    throw refused(saved.detector, `${known}, and every model can be kept as plain data`)
  }
  const prepare = preparerWriters.get(parts.preparer.preparer)
  if (!prepare) {
    const known = `${expressible.preparers.join(', ')} can; prepare the table before it is handed to the model`
    throw refused(`the preparer ${parts.preparer.preparer}`, known)
  }
  return writeScore(graph, parts.inner, prepare(graph, parts.preparer, rows))
}

/**
 * A forest as the bytes of a standard ONNX model (operators ai.onnx 13 and ai.onnx.ml 3): `isolation-forest`,
 * `extended-isolation-forest`, `random-forest` and `gradient-boosting`, also behind preparers: imputer, category encoder,
 * scalers but those by ranks, the signed logarithm, selectors and main axes.
 *
 * Inputs: `numbers`, rows × number columns, doubles (NaN is missing); `categories`, rows × category columns, texts (an empty
 * one is missing); either is absent where there are no such columns. Which column stands where is said by the metadata
 * `number_columns` and `category_columns`, as JSON. Output: `score`, a double a row. Runtimes sum leaves in single
 * precision: scores agree to about 1e-7. Missing values are not refused where the model rejects them: their score means
 * nothing. The extended forest asks for a product of 8 bytes a row and node: score it a thousand rows at a time.
 * Error: `onnx-impossible`.
 *
 * @example `toOnnx(isolationForest.fitNow(rows))`
 */
export function toOnnx(model: Model): Uint8Array {
  const graph = new Graph()
  const saved = model.save()
  const rows = readInputs(graph, saved.columns)
  const namesOf = (type: Column['type']) =>
    JSON.stringify(saved.columns.filter((column) => column.type === type).map(({ name }) => name))
  return graph.finish(
    writeScore(graph, saved, rows),
    saved.detector,
    new Map([
      ['detector', saved.detector],
      ['number_columns', namesOf('number')],
      ['category_columns', namesOf('category')],
    ]),
  )
}
