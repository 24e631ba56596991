import { rankScores } from './ranking.ts'

/** What the n strangest rows hold. */
export interface Spent {
  /** Rows looked at: the budget, or all labelled rows where there are fewer. */
  alerts: number
  /** Anomalies among them; a fraction where the budget cuts through equal scores. */
  hits: number
  /** Anomalies in all. */
  positives: number
  /** Labelled rows in all. */
  count: number
}

/**
 * Looks at the `budget` strangest rows. Where the budget cuts through equal scores, each of them is as likely to be
 * looked at, and the expected hits are counted: McSherry and Najork, "Computing information retrieval performance
 * measures efficiently in the presence of tied scores", ECIR 2008, section 2.
 *
 * @param budget rows that somebody can read, ≥ 0. Errors: as `rankScores`.
 * @example `spendBudget([5, 3, 3, 1], [1, 1, 0, 0], 2).hits // 1.5`
 */
export function spendBudget(scores: ArrayLike<number>, labels: ArrayLike<number>, budget: number): Spent {
  const { positives, negatives, truePositives, falsePositives } = rankScores(scores, labels)
  const count = positives + negatives
  const alerts = Math.min(Math.max(budget, 0), count)
  let [hits, read] = [0, 0]
  for (let i = 0; i < truePositives.length && read < alerts; i++) {
    const step = truePositives[i]! + falsePositives[i]! - read
    hits += (truePositives[i]! - (i > 0 ? truePositives[i - 1]! : 0)) * Math.min(1, (alerts - read) / step)
    read += step
  }
  return { alerts, hits, positives, count }
}

/**
 * The share of the `budget` strangest rows that are anomalies, ties in expectation. NaN for a budget of 0.
 * @example `precisionAtBudget([5, 3, 3, 1], [1, 1, 0, 0], 2) // 0.75`
 */
export function precisionAtBudget(scores: ArrayLike<number>, labels: ArrayLike<number>, budget: number): number {
  const { alerts, hits } = spendBudget(scores, labels, budget)
  return hits / alerts
}

/**
 * The share of the anomalies that are among the `budget` strangest rows, ties in expectation. NaN without an anomaly.
 * @example `recallAtBudget([5, 3, 3, 1], [1, 1, 0, 0], 1) // 0.5`
 */
export function recallAtBudget(scores: ArrayLike<number>, labels: ArrayLike<number>, budget: number): number {
  const { positives, hits } = spendBudget(scores, labels, budget)
  return hits / positives
}
