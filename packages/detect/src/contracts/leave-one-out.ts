import type { Column, Rows } from './rows.ts'
import { sliceRows } from './rows.ts'

/** Rows looked at for what is ordinary: enough for a median, few enough to cost nothing. */
const SAMPLE = 1001
/** Rows explained at a time, so that memory stays bounded. */
const BLOCK = 512

function ordinaryNumber(sorted: Float64Array): number {
  return sorted.length === 0 ? Number.NaN : (sorted[(sorted.length - 1) >> 1] as number)
}

function commonest(sorted: Float64Array): number {
  let best = Number.NaN
  let longest = 0
  for (let i = 0, start = 0; i < sorted.length; i++) {
    if (sorted[i] !== sorted[start]) start = i
    if (i - start + 1 > longest) {
      longest = i - start + 1
      best = sorted[i] as number
    }
  }
  return best
}

/** One a column: the (lower) median of numbers, the commonest category; NaN where nothing is known. From evenly spaced rows. */
export function ordinaryValues({ columns, count, data }: Rows): Float64Array {
  const taken = Math.min(count, SAMPLE)
  const width = columns.length
  return Float64Array.from(columns, (column: Column, j) => {
    const values = Float64Array.from(
      { length: taken },
      (_, i) => data[Math.floor((i * count) / taken) * width + j] as number,
    )
    const known = values.filter((value) => !Number.isNaN(value)).sort()
    return column.type === 'category' ? commonest(known) : ordinaryNumber(known)
  })
}

/** The rows with column `j` of the rows from `from` to `to` set to what is ordinary. */
function replaced(rows: Rows, j: number, value: number, from: number, to: number): Rows {
  const data = rows.data.slice()
  for (let row = from; row < to; row++) data[row * rows.columns.length + j] = value
  return { ...rows, data }
}

/**
 * How far a score falls when one column is set to what is ordinary: rows × columns, row-major. Where rows depend on each
 * other (series, sequences) each row is altered `alone`, with all rows before it (and `lookahead` after it) as they were.
 * Yields rows to be scored and is sent their scores, so that one text serves models that answer at once and later.
 */
export function* leaveOneOut(
  rows: Rows,
  ordinary: Float64Array,
  alone: { readonly lookahead: number } | undefined,
): Generator<Rows, Float64Array, Float64Array> {
  const width = rows.columns.length
  const weights = new Float64Array(rows.count * width)
  const base = yield rows
  const step = alone ? 1 : BLOCK
  for (let from = 0; from < rows.count; from += step) {
    const to = Math.min(rows.count, from + step)
    const seen = alone ? sliceRows(rows, 0, Math.min(rows.count, to + alone.lookahead)) : sliceRows(rows, from, to)
    const first = alone ? from : 0
    for (let j = 0; j < width; j++) {
      const altered = yield replaced(seen, j, ordinary[j] as number, first, first + to - from)
      for (let i = from; i < to; i++)
        weights[i * width + j] = (base[i] as number) - (altered[first + i - from] as number)
    }
  }
  return weights
}

type Asking = Generator<Rows, Float64Array, Float64Array>

/** Answers with a model that scores at once. */
export function askNow(asking: Asking, score: (rows: Rows) => Float64Array): Float64Array {
  let step = asking.next()
  while (!step.done) step = asking.next(score(step.value))
  return step.value
}

/** Answers with a model that scores later. */
export async function askLater(asking: Asking, score: (rows: Rows) => Promise<Float64Array>): Promise<Float64Array> {
  let step = asking.next()
  while (!step.done) step = asking.next(await score(step.value))
  return step.value
}
