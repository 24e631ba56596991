/**
 * Habits that are counted by active hours: hours in which there was anything to count. They fade by such hours, a night or
 * a holiday as if it were a day of them.
 */

const HALF_LIFE_HOURS = 300
const LONGEST_PAUSE = 24

/** What is left of such a habit in `hour`, when it was last active in `before` (hours since 1970; below 0: never). */
export function keptUntil(hour: number, before: number): number {
  const passed = before < 0 ? 0 : Math.min(LONGEST_PAUSE, hour - before)
  return Math.exp((-Math.LN2 * passed) / HALF_LIFE_HOURS)
}

/** Beyond this much of what is usual an hour teaches nothing more: a burst, or a spray, must not make the next one usual. */
export const usualAtMost = (usual: number): number => 3 + 3 * usual
