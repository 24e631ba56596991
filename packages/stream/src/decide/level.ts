/**
 * The risk that is worth a person's time: what innocent stories would exceed only so often as a person can bear. Attacks
 * are among the few riskiest stories of a day and the risks of all others fall off exponentially, as logarithms of e-values
 * do; so the tail is read off the fifth to the twentieth and drawn on to the first. Medians over four weeks, so that days
 * of attack cannot lift it either.
 */
import { median } from '@heedful/detect/numerics/median'

export interface LevelState {
  /** The largest risks of the day that runs, one an entity, largest first. */
  today: { who: string; risk: number }[]
  /** Those of each past day on which anything was said, the newest last. */
  days: number[][]
  level: number
}

const DAYS = 28
/** Ranks of a day that tell the tail: attacks are hardly among them. */
const FROM_RANK = 5
const TO_RANK = 20
/** So many ranks must have spoken on most days. */
const ENOUGH_RANKS = 4
/** Innocent stories above the level, as a share of the alerts that a person wants to read, if the tail goes on as it began. */
const OF_BUDGET = 0.05
/** A smaller organisation has fewer attacks, too, and is told fewer innocent stories in proportion. */
const PEOPLE = 300

/** How many innocent stories a day may rise above the level. */
export const innocentsADay = (budgetPerDay: number, people: number): number =>
  OF_BUDGET * budgetPerDay * Math.min(1, Math.max(1, people) / PEOPLE)
/** While nothing is known: what only a burst reaches that is as strong as it may claim to be by itself. */
export const FIRST_LEVEL = 4
/** However quiet the days: below this (150 to 1 in favour, were it only one question) nobody is called. */
const LEAST_LEVEL = 5
/** From so many known days on they speak. */
const ENOUGH_DAYS = 3

export const startLevel = (): LevelState => ({ today: [], days: [], level: FIRST_LEVEL })

export const copyLevel = ({ today, days, level }: LevelState): LevelState => ({
  today: today.map((one) => ({ ...one })),
  days,
  level,
})

export function noteRisk({ today }: LevelState, who: string, risk: number): void {
  const least = today[TO_RANK - 1]
  if (risk <= 0 || (least !== undefined && risk <= least.risk)) return
  const known = today.find((one) => one.who === who)
  if (known === undefined) today.push({ who, risk })
  else known.risk = Math.max(known.risk, risk)
  today.sort((a, b) => b.risk - a.risk || (a.who < b.who ? -1 : 1))
  today.length = Math.min(TO_RANK, today.length)
}

/** `known`: the day's risks were calibrated, so it may speak. A day on which nothing happened says nothing. */
export function endDay(state: LevelState, known: boolean, innocents: number): void {
  if (known && state.today.length > 0) {
    state.days = [...state.days, state.today.map(({ risk }) => risk)].slice(-DAYS)
    state.level = levelOf(state.days, innocents)
  }
  state.today = []
}

function levelOf(days: LevelState['days'], innocents: number): number {
  if (days.length < ENOUGH_DAYS) return FIRST_LEVEL
  const points: { x: number; y: number }[] = []
  for (let rank = FROM_RANK; rank <= TO_RANK; rank++) {
    const usual = median(days.map((risks) => risks[rank - 1] ?? 0))
    if (usual > 0) points.push({ x: -Math.log(atRank(rank)), y: usual })
  }
  if (points.length < ENOUGH_RANKS) return LEAST_LEVEL
  return Math.max(LEAST_LEVEL, lineAt(points, -Math.log(innocents)))
}

/**
 * If stories above a risk come as a Poisson process, at the median risk of a rank so many are to be expected: the median of
 * a Gamma distribution of that shape, about a third below it (Choi, "On the medians of gamma distributions", 1994).
 */
const atRank = (rank: number): number => rank - 1 / 3

/** The line of least squares through the points, at `x`. */
function lineAt(points: readonly { x: number; y: number }[], x: number): number {
  const meanX = mean(points.map((point) => point.x))
  const meanY = mean(points.map((point) => point.y))
  let [covariance, variance] = [0, 0]
  for (const point of points) {
    covariance += (point.x - meanX) * (point.y - meanY)
    variance += (point.x - meanX) * (point.x - meanX)
  }
  return meanY + (covariance / variance) * (x - meanX)
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
