/** Small statistics of counts and rankings. */

/** Wilson's interval for a share, 95 %: Wilson 1927, equation for z = 1.96. */
export function wilson(hits, total, z = 1.959964) {
  if (total === 0) return [0, 1]
  const share = hits / total
  const centre = share + (z * z) / (2 * total)
  const half = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  const scale = 1 + (z * z) / total
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)]
}

/** Mean precision at each recall step; equal scores are one step (scikit-learn's `average_precision_score`). */
export function averagePrecision(scores, labels) {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a])
  const positives = labels.reduce((sum, label) => sum + (label ? 1 : 0), 0)
  if (positives === 0) return Number.NaN
  let [hits, seen, before, area] = [0, 0, 0, 0]
  for (let i = 0; i < order.length; ) {
    const score = scores[order[i]]
    for (; i < order.length && scores[order[i]] === score; i++) {
      seen++
      if (labels[order[i]]) hits++
    }
    area += ((hits - before) / positives) * (hits / seen)
    before = hits
  }
  return area
}

export function median(list) {
  if (list.length === 0) return Number.NaN
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export const mean = (list) => (list.length === 0 ? Number.NaN : list.reduce((a, b) => a + b, 0) / list.length)
