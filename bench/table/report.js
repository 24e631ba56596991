/** Comparisons as tables that a person can read: first all detectors, then each with every set. */
import { mean } from '../attacks/statistics.js'
import { APART } from './reasons.js'
import { bySource, geometricMean, meanInterval } from './statistics.js'

const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–')
const signed = (value, digits = 4) =>
  Number.isFinite(value) ? `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}` : '–'
const ms = (value) => (value < 10 ? number(value, 2) : value < 100 ? number(value, 1) : number(value, 0))
const times = (value) => (Number.isFinite(value) ? `${value < 10 ? value.toFixed(1) : value.toFixed(0)}×` : '–')
const interval = ({ mean: centre, low, high }) => `${signed(centre)} [${signed(low)}, ${signed(high)}]`

/** Below this a clock measures itself, ms. */
const TICK = 0.02

const isMeasured = (side) => side !== undefined && side.obstacle === undefined

/** The sets on which both we and peer `i` were measured. */
const shared = (results, i) => results.filter(({ ours, peers }) => isMeasured(ours) && isMeasured(peers[i]))

const entries = (results, value) => results.map((result) => [result.set, value(result)])
const faster = (peer, ours, key) => Math.max(peer[key], TICK) / Math.max(ours[key], TICK)

/** Line of one detector beside one of its peers. */
export function summarise(results, i) {
  const both = shared(results, i)
  const difference = (key) =>
    meanInterval(bySource(entries(both, ({ ours, peers }) => mean(ours[key]) - mean(peers[i][key]))))
  const average = (side, key) => mean(bySource(entries(both, (result) => mean(side(result)[key]))))
  const [we, they] = [({ ours }) => ours, ({ peers }) => peers[i]]
  const gain = (key) =>
    geometricMean(bySource(entries(both, ({ ours, peers }) => Math.log(faster(peers[i], ours, key)))).map(Math.exp))
  return {
    sets: both.length,
    auc: [average(we, 'aucs'), average(they, 'aucs')],
    aucDifference: difference('aucs'),
    ap: [average(we, 'aps'), average(they, 'aps')],
    apDifference: difference('aps'),
    fit: gain('fitMs'),
    score: gain('scoreMs'),
    memory: geometricMean(both.map(({ ours, peers }) => Math.max(ours.mib, 1) / Math.max(peers[i].mib, 1))),
    apart: both.filter(({ ours, peers }) => Math.abs(mean(ours.aucs) - mean(peers[i].aucs)) > APART),
  }
}

const isExplained = ({ reasons = [] }) => reasons.some(({ explained }) => explained)

/** What was tried where ours and the peer are apart, and what was left of the difference. */
function reasonLines(results) {
  const lines = results.flatMap(({ set, ours, peers, reasons }) => {
    if (reasons === undefined) return []
    const told = reasons.map(({ why, left, obstacle }) => `${why}: ${obstacle ?? `${signed(left)} without it`}`)
    const before = signed(mean(ours.aucs) - mean(peers[0].aucs))
    return [
      `- ${set} (${before}), ${isExplained({ reasons }) ? '' : '**not explained**, '}${told.join('; ') || 'nothing tried'}`,
    ]
  })
  return lines.length === 0 ? [] : ['Apart, and asked again without the reason that is named:', '', ...lines, '']
}

function summaryLines(pairs, timed) {
  return pairs.flatMap(({ pair, results }) =>
    pair.peers.map((peer, i) => {
      const s = summarise(results, i)
      const sides = ([ours, theirs]) => `${number(ours, 4)} | ${number(theirs, 4)}`
      return `| ${pair.id} | ${peer.name} | ${s.sets} | ${sides(s.auc)} | ${interval(s.aucDifference)} | ${sides(s.ap)} | ${signed(s.apDifference.mean)} |${timed ? ` ${times(s.fit)} | ${times(s.score)} | ${number(s.memory, 2)} |` : ''} ${s.apart.length} | ${s.apart.filter(isExplained).length} |`
    }),
  )
}

function cellOf(side) {
  if (!isMeasured(side)) return { auc: 'n/a', ap: 'n/a', fit: 'n/a', score: 'n/a', mib: 'n/a' }
  return {
    auc: number(mean(side.aucs), 4),
    ap: number(mean(side.aps), 4),
    fit: ms(side.fitMs),
    score: ms(side.scoreMs),
    mib: number(side.mib, 0),
  }
}

const duo = (ours, peers, key) => [ours, ...peers].map((side) => cellOf(side)[key]).join(' / ')

/** The difference on one set; where seeds vary, with the interval of the paired seeds. */
function differenceOf({ ours, peers }, random) {
  return peers
    .map((peer) => {
      if (!isMeasured(ours) || !isMeasured(peer)) return 'n/a'
      const differences = ours.aucs.map((auc, i) => auc - peer.aucs[i])
      const far = Math.abs(mean(differences)) > APART ? ' **!**' : ''
      return (random && differences.length > 1 ? interval(meanInterval(differences)) : signed(mean(differences))) + far
    })
    .join(' / ')
}

function obstaclesOf({ pair, results }) {
  const lines = results.flatMap(({ set, ours, peers }) => {
    const sides = [[pair.id, ours], ...pair.peers.map((peer, i) => [peer.name, peers[i]])]
    return sides.flatMap(([name, side]) =>
      side?.obstacle === undefined ? [] : [`- ${set}, ${name}: ${side.obstacle}`],
    )
  })
  return lines.length === 0 ? [] : ['Not applicable:', '', ...lines, '']
}

function sectionOf(one, timed) {
  const { pair, results } = one
  const names = [pair.id, ...pair.peers.map(({ name }) => name)].join(' / ')
  const seeds = Math.max(...results.map(({ ours }) => ours.aucs?.length ?? 0))
  return [
    `## ${pair.id}`,
    '',
    `${names}${pair.random ? `; means of ${seeds} seeds, interval of the paired seeds` : ''}${pair.labels ? '; fitted on 70 % with labels, the rest scored' : ''}. **!**: more than ${APART} apart.`,
    '',
    `| set | rows | ROC-AUC | ours − peer | average precision |${timed ? ' fit, ms | score all, ms | peak memory, MiB |' : ''}`,
    `|---|---:|---:|---:|---:|${timed ? '---:|---:|---:|' : ''}`,
    ...results.map((result) => {
      const { set, rows, ours, peers } = result
      const cells = ['ap', ...(timed ? ['fit', 'score', 'mib'] : [])].map((key) => duo(ours, peers, key))
      return `| ${set} | ${rows} | ${duo(ours, peers, 'auc')} | ${differenceOf(result, pair.random || pair.labels)} | ${cells.join(' | ')} |`
    }),
    '',
    ...reasonLines(results),
    ...obstaclesOf(one),
  ]
}

/** @param pairs {pair, results}[] in the order of the detectors */
export function report(pairs, { versions, sets, times: timed }) {
  const peers =
    versions === undefined
      ? 'without peers'
      : `PyOD ${versions.pyod}, scikit-learn ${versions.sklearn}, NumPy ${versions.numpy}, SciPy ${versions.scipy}, Python ${versions.python}`
  return [
    `${sets} sets; ${peers}; one thread on both sides, the same bytes, rows shuffled alike, both sides in turn.`,
    '',
    'Without labels: fitted on all rows, the same rows scored. What a user of a peer reads of its own training rows is its',
    'score (`decision_scores_`, `negative_outlier_factor_`); the time to score is that of `decision_function` or',
    '`score_samples` of all rows. Quadratic methods get the same 10,000 rows. Means count sets that share a source once; the',
    `interval is of the differences over the sources, 95 %. ${timed ? 'Memory is what was held on top of the rows, at most.' : 'Times were not taken: others used the machine.'}`,
    '',
    `| detector | beside | sets | ROC-AUC | peer | ours − peer | AP | peer | ours − peer |${timed ? ' fit: faster | score: faster | memory: of the peer’s |' : ''} apart | explained |`,
    `|---|---|---:|---:|---:|---:|---:|---:|---:|${timed ? '---:|---:|---:|' : ''}---:|---:|`,
    ...summaryLines(pairs, timed),
    '',
    ...pairs.filter(({ results }) => results.length > 0).flatMap((one) => sectionOf(one, timed)),
  ].join('\n')
}

/** One line as a set is done. */
export function lineOf(pair, { set, ours, peers }) {
  const sides = [[pair.id, ours], ...pair.peers.map((peer, i) => [peer.name, peers[i]])].filter(
    ([, side]) => side !== undefined,
  )
  const told = sides.map(([name, side]) => {
    if (!isMeasured(side)) return `${name} n/a (${side.obstacle})`
    const cell = cellOf(side)
    return `${name} ${cell.auc} AP ${cell.ap} fit ${cell.fit} score ${cell.score} ${cell.mib} MiB`
  })
  return `${set.padEnd(24)} ${told.join('   ')}`
}
