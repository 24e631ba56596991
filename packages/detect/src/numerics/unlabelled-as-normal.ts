import type { Lesson } from '../contracts/algorithm.ts'

/**
 * Labels where what nobody labelled counts as normal, and weights under which both kinds count as much together, their total
 * the number of rows that count. Few of the unlabelled rows are anomalies: that costs a little sharpness, and changes no order
 * where the labelled anomalies were drawn at random from all (Elkan and Noto, "Learning classifiers from only positive and
 * unlabeled data", KDD 2008, section 2, lemma 1).
 *
 * @param count rows; `labels` and `weights` as a lesson has them.
 */
export function unlabelledAsNormal(count: number, { labels, weights }: Lesson): Required<Lesson> {
  const own = Float64Array.from({ length: count }, (_, row) => (labels?.[row] === 1 ? 1 : 0))
  const totals: [number, number] = [0, 0]
  for (const [row, label] of own.entries()) totals[label as 0 | 1] += weights?.[row] ?? 1
  const half = (totals[0] + totals[1]) / 2
  // Where one kind weighs nothing, its rows keep their weight of 0.
  const factors = totals.map((total) => (total > 0 ? half / total : 0))
  return {
    labels: own,
    weights: own.map((label, row) => (weights?.[row] ?? 1) * (factors[label] as number)),
  }
}
