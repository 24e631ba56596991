/**
 * The risk that is worth a person's time: the median over four weeks of each day's k-th largest risk. A median, so that
 * days of attack cannot lift it; the k-th, so that a quiet day stays quiet.
 */

export interface LevelState {
  /** The largest risks of the day that runs, by event: an event gives its largest only. */
  today: number[]
  /** Each past day's k-th largest, the newest last. */
  days: number[]
}

const DAYS = 28
const RANK = 3
/** Before enough days are known: p of about one in 30,000, once. */
const FIRST_LEVEL = 5.7
/** What the first level weighs, in days. */
const FIRST_DAYS = 2

export const startLevel = (): LevelState => ({ today: [], days: [] })

export function noteRisk(state: LevelState, risk: number): void {
  if (risk <= 0) return
  const today = state.today
  if (today.length === RANK && risk <= (today[RANK - 1] as number)) return
  today.push(risk)
  today.sort((a, b) => b - a)
  if (today.length > RANK) today.pop()
}

/** `known`: the day's risks were calibrated, so it may speak. */
export function endDay(state: LevelState, known: boolean): void {
  if (known) state.days = [...state.days, state.today[RANK - 1] ?? 0].slice(-DAYS)
  state.today = []
}

export function levelOf(state: LevelState): number {
  const days = [...state.days, ...new Array<number>(FIRST_DAYS).fill(FIRST_LEVEL)].sort((a, b) => a - b)
  const middle = days.length >> 1
  return days.length % 2 === 1
    ? (days[middle] as number)
    : ((days[middle - 1] as number) + (days[middle] as number)) / 2
}
