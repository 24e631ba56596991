/** Detectors that learn from labels beside their peers, as a table a set. */
import { mean, median } from '../attacks/statistics.js'
import { meanInterval } from '../table/statistics.js'

const number = (value, digits = 4) => (Number.isFinite(value) ? value.toFixed(digits) : '–')
const share = (value) => (Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : '–')
const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`

function line(name, rounds) {
  const obstacle = rounds.find((one) => one.obstacle !== undefined)?.obstacle
  if (obstacle !== undefined) return `| ${name} | not applicable: ${obstacle} |`
  const of = (key) => rounds.map((one) => one[key])
  const cells = [
    ...[number(mean(of('auc'))), number(mean(of('ap'))), number(mean(of('loss')), 5)],
    ...[share(mean(of('caughtKnown'))), share(mean(of('caughtNew')))],
    ...[number(median(of('fitMs')), 0), number(median(of('scoreMs')), 0)],
  ]
  return `| ${name} | ${cells.join(' | ')} |`
}

/** Ours less the peer's, of the paired seeds. */
function difference({ id, peer, ours, theirs }) {
  if (peer === undefined || [...ours, ...theirs].some(({ obstacle }) => obstacle !== undefined)) return []
  const of = (key) => meanInterval(ours.map((one, i) => one[key] - theirs[i][key]))
  const told = ({ mean: centre, low, high }) =>
    Number.isFinite(low) ? `${signed(centre)} [${signed(low)}, ${signed(high)}]` : signed(centre)
  const losses = ours.map((one, i) => one.loss / theirs[i].loss - 1)
  const loss = Number.isFinite(losses[0]) ? `, log-loss ${signed(100 * mean(losses)).slice(0, -2)} %` : ''
  const faster = median(ours.map((one, i) => theirs[i].fitMs / one.fitMs))
  return [
    `- ${id} − ${peer}: ROC-AUC ${told(of('auc'))}, AP ${told(of('ap'))}${loss}; fitted ${faster.toFixed(2)}× as fast`,
  ]
}

function shiftOf({ truth, labels, kinds }, known) {
  const rate = (values) => share(mean([...values]))
  const anomalies = `anomalies: ${rate(labels)} of ${labels.length} rows fitted, ${rate(truth)} of ${truth.length} scored`
  if (kinds === undefined) return `${anomalies}.`
  const strange = new Set(kinds.filter((kind) => !known.has(kind)))
  const rows = kinds.filter((kind) => strange.has(kind)).length
  const attacks = truth.filter((label) => label === 1).length
  return `${anomalies}. **The test file is another population**: ${strange.size} of its ${new Set(kinds).size - 1} kinds of attack are not in the training file, ${share(rows / attacks)} of its attacks (${rows} rows).`
}

/** @param results {name, seeds, shape, known, pairs: {id, peer, ours, theirs}[]}[] */
export function report(results, versions) {
  return [
    `PyOD ${versions.pyod}, scikit-learn ${versions.sklearn}, NumPy ${versions.numpy}, Python ${versions.python}; one thread on both sides, the same rows on both.`,
    '',
    'Boosting: 100 rounds, 31 leaves, rate 0.1 on both sides. Categories: ours reads them as they are; HistGradientBoosting is',
    "told which columns they are; scikit-learn's forest gets their places in the dictionary. Those that are not in the training",
    'rows are missing. Caught: share of anomalies that score above 99 % of the normal rows, of kinds that were there to learn from, and of new ones.',
    '',
    ...results.flatMap(({ name, seeds, shape, known, pairs }) => [
      `## ${name}`,
      '',
      `${shiftOf(shape, known)} ${seeds} seeds.`,
      '',
      '| | ROC-AUC | AP | log-loss | caught, known | caught, new | fit, ms | score, ms |',
      '|---|---:|---:|---:|---:|---:|---:|---:|',
      ...pairs.flatMap(({ id, peer, ours, theirs }) => [
        line(id, ours),
        ...(peer === undefined ? [] : [line(peer, theirs)]),
      ]),
      '',
      ...pairs.flatMap(difference),
      '',
    ]),
  ].join('\n')
}
