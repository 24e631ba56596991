/** Risk of an entity: what its surprises of the last 24 hours exceed 4.6 by, strongest first, each weighing half the one before. */

/** −ln 0.01: a surprise below is everyday life. */
export const EVERYDAY = 4.6
export const WINDOW_MS = 24 * 3_600_000
/** The ninth strongest would weigh 1/256. */
const STRONGEST = 8

export interface Excess {
  /** Ordinal of the event in the fold: ties go to the older. */
  ordinal: number
  time: number
  /** Surprise above everyday life, > 0. */
  excess: number
}

export const riskOf = (strongest: readonly Excess[]): number =>
  strongest.reduceRight((risk, { excess }) => excess + risk / 2, 0)

/** The strongest excesses of the window that ends at `time`, with one more. */
export function withExcess(strongest: readonly Excess[], added: Excess): Excess[] {
  const kept = strongest.filter(({ time }) => time > added.time - WINDOW_MS)
  kept.push(added)
  kept.sort((a, b) => b.excess - a.excess || a.ordinal - b.ordinal)
  return kept.slice(0, STRONGEST)
}
