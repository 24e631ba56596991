/**
 * The risk that is worth a person's time: the median over four weeks of how high the two riskiest entities of a day rise,
 * the second counted twice. A median, so that days of attack cannot lift it; both, because by the largest alone a quarter
 * of the attacks was missed, and by the second alone two alerts in three were false.
 */

export interface LevelState {
  /** The largest risks of the day that runs, one an entity, largest first. */
  today: { who: string; risk: number }[]
  /** Each past day's height, the newest last. */
  days: number[]
}

const DAYS = 28
const OF_A_DAY = 2
/** While nothing is known: what only a burst reaches that is as strong as it may claim to be by itself. */
export const FIRST_LEVEL = 4
/** However quiet the days: below this (150 to 1 in favour, were it only one question) nobody is called. */
const LEAST_LEVEL = 5
/** From so many known days on they speak. */
const ENOUGH_DAYS = 3

export const startLevel = (): LevelState => ({ today: [], days: [] })

export function noteRisk(state: LevelState, who: string, risk: number): void {
  const today = state.today
  const least = today[OF_A_DAY - 1]
  if (risk <= 0 || (least !== undefined && risk <= least.risk)) return
  const known = today.find((one) => one.who === who)
  if (known === undefined) today.push({ who, risk })
  else known.risk = Math.max(known.risk, risk)
  today.sort((a, b) => b.risk - a.risk || (a.who < b.who ? -1 : 1))
  today.length = Math.min(OF_A_DAY, today.length)
}

/** `known`: the day's risks were calibrated, so it may speak. */
export function endDay(state: LevelState, known: boolean): void {
  if (known) state.days = [...state.days, heightOf(state.today)].slice(-DAYS)
  state.today = []
}

const heightOf = ([first, second]: LevelState['today']): number => ((first?.risk ?? 0) + 2 * (second?.risk ?? 0)) / 3

export function levelOf({ days }: LevelState): number {
  if (days.length < ENOUGH_DAYS) return FIRST_LEVEL
  const sorted = [...days].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const above = sorted[middle] as number
  const median = sorted.length % 2 === 1 ? above : ((sorted[middle - 1] as number) + above) / 2
  return Math.max(LEAST_LEVEL, median)
}
