/** Asks auto about one set: without labels, and with few. */
import { createRandom, pickRows } from '@heedful/detect'
import { detectors } from '@heedful/detect/detectors/registry'
import { splitRows } from '@heedful/detect/evaluate/split'
import { averagePrecision } from '@heedful/detect/metrics/average-precision'
import { rocAuc } from '@heedful/detect/metrics/roc-auc'
import { cutSet } from '../table/sets.js'

const detectorOf = (id) => {
  const found = detectors.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no detector is called "${id}"`)
  return found
}

async function ask(id, { fit, score, labels, lesson, seed }) {
  const begun = performance.now()
  const model = await detectorOf(id).fit(fit, { seed, lesson })
  const between = performance.now()
  const scores = model.score(score)
  const ended = performance.now()
  const notes = model.notes()
  model.close()
  const times = { fitMs: between - begun, scoreMs: ended - between }
  return { auc: rocAuc(scores, labels), ap: averagePrecision(scores, labels), notes, ...times }
}

/** Fitted on all rows, the same rows scored, as in bench/results/table.md. */
export async function askUnlabelled({ rows, labels }, seeds) {
  const said = []
  for (const seed of seeds) said.push(await ask('auto', { fit: rows, score: rows, labels, lesson: {}, seed }))
  return said
}

/** Labels of 1 for `share` of the anomalies, at least one; all others are missing. */
function fewOf(labels, share, random) {
  const anomalies = Array.from(labels.keys()).filter((row) => labels[row] === 1)
  const told = new Set()
  const wanted = Math.max(1, Math.round(anomalies.length * share))
  while (told.size < wanted) told.add(anomalies[random.integer(anomalies.length)])
  return Float64Array.from(labels, (_, row) => (told.has(row) ? 1 : Number.NaN))
}

/** 70 % and the rest: auto with few labels, auto and others without any. undefined where no part has an anomaly to find. */
export async function askFewLabels(whole, { seeds, labelled, beside, most }) {
  const { rows, labels } = cutSet(whole, most)
  if (labels.reduce((sum, label) => sum + label, 0) < 4) return undefined
  const said = { taught: [], alone: Object.fromEntries(['auto', ...beside].map((id) => [id, []])) }
  for (const seed of seeds) {
    const { fitted, scored } = splitRows('supervised', { labels }, createRandom(seed).split('bench table'))
    const pick = (from) => Float64Array.from(from, (row) => labels[row])
    const few = fewOf(pick(fitted), labelled, createRandom(seed).split('few labels'))
    const parts = { fit: pickRows(rows, fitted), score: pickRows(rows, scored), labels: pick(scored), seed }
    said.taught.push(await ask('auto', { ...parts, lesson: { labels: few } }))
    for (const [id, list] of Object.entries(said.alone)) list.push(await ask(id, { ...parts, lesson: {} }))
  }
  return said
}
