/** Values → bins, one byte each: the first step of trees by histograms (LightGBM: Ke et al., NeurIPS 2017, section 2). */
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

/** Middles between different values, fewer than `most` of them, at even shares of the rows. */
function edgesOf(sorted: Float64Array, most: number): Float64Array {
  const different: number[] = []
  const upTo: number[] = []
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i + 1]) {
      different.push(sorted[i] as number)
      upTo.push(i + 1)
    }
  }
  const edges: number[] = []
  const few = different.length <= most
  for (let i = 0, next = 1; i + 1 < different.length; i++) {
    const share = ((upTo[i] as number) / sorted.length) * most
    if (!few && share < next) continue
    const [low, high] = [different[i] as number, different[i + 1] as number]
    const middle = low / 2 + high / 2
    edges.push(middle >= low && middle < high ? middle : low)
    next = Math.floor(share) + 1
  }
  return Float64Array.from(edges.slice(0, most - 1))
}

/** Cuts every column; numbers into `most` bins at most, from 2 to 255. */
export function fitBins(rows: Rows, most = MOST_BINS): ColumnBins[] {
  const order = openOrder()
  const step = Math.max(1, Math.ceil(rows.count / SAMPLE))
  return takeColumns(rows.data, rows.columns.length, 0, rows.count).map((values, j) => {
    const column = rows.columns[j]
    if (column?.type === 'category')
      return { edges: new Float64Array(0), bins: Math.min(MOST_BINS, column.categories.length), category: true }
    const known = values.filter((value, row) => row % step === 0 && !Number.isNaN(value))
    const edges = edgesOf(order.sort(known), most)
    return { edges, bins: edges.length + 1, category: false }
  })
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

/** rows × columns, row-major. */
export function binRows({ data }: Rows, columns: readonly ColumnBins[]): Uint8Array {
  const width = columns.length
  const bins = new Uint8Array(data.length)
  for (let j = 0; j < width; j++) {
    const column = columns[j] as ColumnBins
    for (let at = j; at < data.length; at += width) bins[at] = binOf(data[at] as number, column)
  }
  return bins
}
