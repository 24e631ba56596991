import { spendBudget } from './budget.ts'

/**
 * How many times more anomalies the `budget` strangest rows hold than as many rows drawn by chance. 1 is chance; the
 * most that can be reached is count / max(budget, anomalies). Ties in expectation; NaN without an anomaly or a budget.
 * @example `lift([9, 8, 1, 7], [1, 0, 0, 0], 1) // 4`
 */
export function lift(scores: ArrayLike<number>, labels: ArrayLike<number>, budget: number): number {
  const { alerts, hits, positives, count } = spendBudget(scores, labels, budget)
  return hits / alerts / (positives / count)
}
