/** What is said of scores of labelled rows. */
import { averagePrecision } from '@heedful/detect/metrics/average-precision'
import { rocAuc } from '@heedful/detect/metrics/roc-auc'

/** Probabilities are held this far from 0 and 1, as scikit-learn's log_loss holds them. */
const NEAR = 2 ** -52

function logLoss(shares, truth) {
  let sum = 0
  for (const [i, share] of shares.entries()) {
    const held = Math.min(1 - NEAR, Math.max(NEAR, share))
    sum -= Math.log(truth[i] === 1 ? held : 1 - held)
  }
  return sum / truth.length
}

/** The score that one in a hundred normal rows reaches. */
function onePercent(scores, truth) {
  const normal = scores.filter((_, i) => truth[i] === 0).sort()
  return normal[Math.min(normal.length - 1, Math.ceil(0.99 * normal.length))]
}

function caught(scores, limit, wanted) {
  let [all, found] = [0, 0]
  for (const [i, score] of scores.entries()) {
    if (!wanted(i)) continue
    all++
    if (score > limit) found++
  }
  return all === 0 ? Number.NaN : found / all
}

/**
 * @param shares scores as probabilities of an anomaly; undefined where a score is none
 * @returns areas, log-loss, and the share of anomalies above the 99 % quantile of the normal rows: of kinds that were
 * there to learn from, and of others
 */
export function measureScores(scores, shares, { truth, kinds }, known) {
  const limit = onePercent(scores, truth)
  const isNew = (i) => kinds !== undefined && !known.has(kinds[i])
  return {
    ...{ auc: rocAuc(scores, truth), ap: averagePrecision(scores, truth) },
    loss: shares === undefined ? Number.NaN : logLoss(shares, truth),
    caughtKnown: caught(scores, limit, (i) => truth[i] === 1 && !isNew(i)),
    caughtNew: caught(scores, limit, (i) => truth[i] === 1 && isNew(i)),
  }
}
