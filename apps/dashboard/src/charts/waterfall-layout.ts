/** Where the bars of a waterfall stand: each begins where the one before it ends, and the last ends at the total. */

export interface Step {
  /** Percent of the total at which the bar begins and ends, 0 to 100. */
  start: number
  end: number
  /** 0 to 1. */
  share: number
}

/** What is not above zero weighs nothing and gets an empty bar. */
export function layOut(weights: readonly number[]): Step[] {
  const heavy = weights.map((weight) => (Number.isFinite(weight) && weight > 0 ? weight : 0))
  const total = heavy.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return heavy.map((weight, i) => {
    const start = total > 0 ? (before / total) * 100 : 0
    before += weight
    const last = heavy.slice(i + 1).every((later) => later === 0)
    const end = total > 0 ? (last ? 100 : (before / total) * 100) : 0
    return { start, end: weight === 0 ? start : end, share: total > 0 ? weight / total : 0 }
  })
}

/** How many reasons are worth showing at once: those that together hold `part` of the weight, at least `least`. */
export function strongest(weights: readonly number[], part = 0.8, least = 3): number {
  const steps = layOut(weights)
  const enough = steps.findIndex(({ end }) => end >= part * 100)
  const found = enough < 0 ? steps.length : enough + 1
  // One alone behind a button would cost more than it takes.
  const shown = Math.max(least, found)
  return shown >= weights.length - 1 ? weights.length : shown
}
