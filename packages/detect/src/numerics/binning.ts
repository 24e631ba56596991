/** Values → bins, one byte each: the first step of trees by histograms (LightGBM: Ke et al., NeurIPS 2017, section 2). */
import { inParts, type Steps } from '../contracts/paced.ts'
import type { Rows } from '../contracts/rows.ts'
import { takeColumns } from './columns.ts'
import { openOrder } from './kernels/order.ts'

/** The bin of what is missing, and of categories outside the dictionary. */
export const MISSING = 255
/** Bins of values, at most. */
const MOST_BINS = 255
/** Values that edges are found from, at most: evenly spaced rows. */
const SAMPLE = 200_000

/** How one column is cut. */
export type ColumnBins = {
  /** Numbers: bin b holds the values above `edges[b − 1]` up to `edges[b]`; the last one what lies above all. Categories: empty. */
  readonly edges: Float64Array
  /** Bins in use, without that of the missing. */
  readonly bins: number
  readonly category: boolean
}

function countDifferent(sorted: Float64Array): number {
  let different = sorted.length > 0 ? 1 : 0
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) different++
  return different
}

/** Middles between different values, fewer than `most` of them, at even shares of the rows. */
function edgesOf(sorted: Float64Array, most: number): Float64Array {
  const few = countDifferent(sorted) <= most
  const edges: number[] = []
  let next = 1
  for (let i = 1; i < sorted.length; i++) {
    const [low, high] = [sorted[i - 1] as number, sorted[i] as number]
    if (low === high) continue
    const share = (i / sorted.length) * most
    if (!few && share < next) continue
    const middle = low / 2 + high / 2
    edges.push(middle >= low && middle < high ? middle : low)
    next = Math.floor(share) + 1
  }
  return Float64Array.from(edges.slice(0, most - 1))
}

/** Evenly spaced values of a column, those that are known. */
function sampleOf(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.ceil(values.length / SAMPLE))
  const known = new Float64Array(Math.ceil(values.length / step))
  let count = 0
  for (let row = 0; row < values.length; row += step) {
    const value = values[row] as number
    if (!Number.isNaN(value)) known[count++] = value
  }
  return known.subarray(0, count)
}

/** Cuts every column; numbers into `most` bins at most, from 2 to 255. */
export function* fitBins(rows: Rows, most = MOST_BINS): Steps<ColumnBins[]> {
  const order = openOrder()
  const found: ColumnBins[] = []
  for (const values of takeColumns(rows.data, rows.columns.length, 0, rows.count)) {
    yield { done: found.length, of: rows.columns.length, note: 'cutting columns' }
    const column = rows.columns[found.length]
    if (column?.type === 'category') {
      found.push({ edges: new Float64Array(0), bins: Math.min(MOST_BINS, column.categories.length), category: true })
      continue
    }
    const edges = edgesOf(order.sort(sampleOf(values)), most)
    found.push({ edges, bins: edges.length + 1, category: false })
  }
  return found
}

/** The bin of a value. */
export function binOf(value: number, { edges, bins, category }: ColumnBins): number {
  if (Number.isNaN(value)) return MISSING
  if (category) return value < bins ? value : MISSING
  let from = 0
  for (let left = edges.length; left > 0; ) {
    const half = left >>> 1
    if ((edges[from + half] as number) < value) {
      from += half + 1
      left -= half + 1
    } else left = half
  }
  return from
}

/** Rows × columns of values → their bins, row-major. */
export type RowBinning = (data: Float64Array) => Uint8Array

/** Rows that are binned together. */
const BLOCK = 4096

/** Bins of many rows; each equal to `binOf` of its value. */
export function openBinning(columns: readonly ColumnBins[]): RowBinning {
  const width = columns.length
  const order = openOrder()
  // How many edges lie below a value is how many, turned about, lie at or above it.
  const turned = columns.map(({ edges }) => edges.map((edge) => -edge).reverse())
  const [asked, counts] = [new Float64Array(BLOCK), new Int32Array(BLOCK)]
  const binColumn = (data: Float64Array, bins: Uint8Array, first: number, size: number, j: number): void => {
    const column = columns[j] as ColumnBins
    if (column.category || column.edges.length === 0) {
      for (let i = 0, at = first; i < size; i++, at += width) bins[at] = binOf(data[at] as number, column)
      return
    }
    for (let i = 0, at = first; i < size; i++, at += width) asked[i] = -(data[at] as number)
    order.countUpTo(turned[j] as Float64Array, asked.subarray(0, size), counts)
    for (let i = 0, at = first; i < size; i++, at += width)
      bins[at] = Number.isNaN(data[at]) ? MISSING : column.edges.length - (counts[i] as number)
  }
  return (data) => {
    const count = data.length / width
    const bins = new Uint8Array(data.length)
    for (let from = 0; from < count; from += BLOCK)
      for (let j = 0; j < width; j++) binColumn(data, bins, from * width + j, Math.min(BLOCK, count - from), j)
    return bins
  }
}

/** Rows between two looks at the signal. */
const TOGETHER = 32_768

/** rows × columns, row-major. */
export function* binRows({ data, count }: Rows, columns: readonly ColumnBins[]): Steps<Uint8Array> {
  const width = columns.length
  const [binning, bins] = [openBinning(columns), new Uint8Array(data.length)]
  yield* inParts(count, TOGETHER, 'binning', (from, to) =>
    bins.set(binning(data.subarray(from * width, to * width)), from * width),
  )
  return bins
}
