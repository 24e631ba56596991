/** Speeds as a table: medians, how many times faster with the spread of the paired rounds, and geometric means. */
import { median } from '../attacks/statistics.js'
import { geometricMean } from './statistics.js'

const KEYS = ['fitMs', 'scoreMs', 'p50', 'p99']
const TITLES = { fitMs: 'fit', scoreMs: 'score all', p50: 'one row, p50', p99: 'one row, p99' }

const ms = (value) => (value < 0.1 ? value.toFixed(4) : value < 10 ? value.toFixed(2) : value.toFixed(0))
const times = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)}×`

const obstacleOf = (rounds, i) => rounds.map((round) => round[i].obstacle).find((one) => one !== undefined)

/** How many times faster than peer `i` (from 1), a round. */
const ratios = (rounds, i, key) => rounds.map((round) => round[i][key] / round[0][key])

function cell(rounds, i, key) {
  const own = median(rounds.map((round) => round[0][key]))
  const theirs = median(rounds.map((round) => round[i][key]))
  const list = ratios(rounds, i, key)
  const spread = `${times(median(list))} (${times(Math.min(...list))}–${times(Math.max(...list))})`
  return `${ms(own)} / ${ms(theirs)} | ${spread}`
}

function lines({ pair, rows, rounds }) {
  return pair.peers.map((peer, at) => {
    const i = at + 1
    const obstacle = obstacleOf(rounds, 0) ?? obstacleOf(rounds, i)
    const name = `| ${pair.id} | ${peer.name}${pair.blas ? ' (BLAS)' : ''} | ${rows} |`
    if (obstacle !== undefined) return `${name} not applicable: ${obstacle} |`
    return `${name} ${KEYS.map((key) => cell(rounds, i, key)).join(' | ')} |`
  })
}

/** Of the fastest peer of each detector: the one that a person would take. */
function bestRatios(results, key) {
  return results.flatMap(({ pair, rounds }) => {
    if (obstacleOf(rounds, 0) !== undefined) return []
    const all = pair.peers.flatMap((_, at) =>
      obstacleOf(rounds, at + 1) === undefined ? [median(ratios(rounds, at + 1, key))] : [],
    )
    return all.length === 0 ? [] : [Math.min(...all)]
  })
}

export function report(results, { versions, columns, rounds, single, processor }) {
  const means = KEYS.map(
    (key) =>
      `| ${TITLES[key]} | ${times(geometricMean(bestRatios(results, key)))} | ${{ fitMs: '8×', scoreMs: '5×', p50: '50×', p99: '' }[key]} |`,
  )
  return [
    `PyOD ${versions.pyod}, scikit-learn ${versions.sklearn}, NumPy ${versions.numpy}, SciPy ${versions.scipy}, Python ${versions.python}; one thread on both sides.`,
    `${columns} columns, made up: three clusters and 2 % of rows anywhere. ${rounds} rounds, both sides in turn; ms, median ours / median peer's;`,
    `how many times faster: median (least–most) of the paired rounds. One row: ${single} calls a round.${processor ? ' Fit and score: processor time, as others used the machine.' : ''}`,
    '',
    `| geometric mean over ${results.length} detectors, beside the faster peer | faster | aim |`,
    '|---|---:|---:|',
    ...means,
    '',
    `| detector | beside | rows | ${KEYS.map((key) => `${TITLES[key]}, ms | faster`).join(' | ')} |`,
    `|---|---|---:|${KEYS.map(() => '---:|---:|').join('')}`,
    ...results.flatMap(lines),
    '',
  ].join('\n')
}

/** One line as a detector is done. */
export const lineOf = (result) => lines(result).join('\n')
