/** The largest that was ever seen, in logarithms: what happened before at that size is no surprise again. */
export interface Records {
  /** Largest first, one a day. */
  largest: number[]
  /** The day that runs and its largest, not among them yet: a sum must not excuse itself while it grows. */
  day: number
  today: number
}

const KEPT = 4
/** Sizes within this difference of their logarithms are alike: a factor of 1.6. */
export const ALIKE = 0.5

export const startRecords = (): Records => ({ largest: [], day: 0, today: 0 })

export const keepLargest = (largest: readonly number[], x: number): number[] =>
  [...largest, Math.fround(x)].sort((a, b) => b - a).slice(0, KEPT)

export function learnDay(records: Records, day: number, x: number): void {
  if (day > records.day) {
    if (records.day > 0) records.largest = keepLargest(records.largest, records.today)
    records.day = day
    records.today = Math.fround(x)
  } else records.today = Math.max(records.today, Math.fround(x))
}

export const isAlike = ({ largest }: Records, x: number): boolean => largest.some((held) => held > x - ALIKE)
