import type { Lesson } from './algorithm.ts'
import type { Random } from './random.ts'

/** Row numbers, ascending: to learn from, and to calibrate on. */
export interface Held {
  readonly taught: Int32Array
  readonly held: Int32Array
}

/** Row numbers to learn from and to calibrate on, at least one of each. Where order means something, the last rows are held out. */
export function holdOut(count: number, share: number, ordered: boolean, random: Random): Held {
  const rows = Int32Array.from({ length: count }, (_, row) => row)
  if (!ordered) {
    for (let i = count - 1; i > 0; i--) {
      const j = random.integer(i + 1)
      const moved = rows[i] as number
      rows[i] = rows[j] as number
      rows[j] = moved
    }
  }
  const cut = Math.min(count - 1, Math.max(1, Math.round(count * (1 - share))))
  return { taught: rows.slice(0, cut).sort(), held: rows.slice(cut).sort() }
}

/** Rows known to be anomalies say nothing about what is normal: the others, or all where there are no others. */
export function withoutLabelled(held: Int32Array, { labels }: Lesson): Int32Array {
  const normal = labels ? held.filter((row) => labels[row] !== 1) : held
  return normal.length > 0 ? normal : held
}
