/** How long a fit keeps others waiting: the longest time between two looks at its signal, and from a stop to its end. */
import { parseArgs } from 'node:util'
import { createRandom, HeedfulError, numberRows } from '@heedful/detect'
import { detectors } from '@heedful/detect/detectors/registry'
import { writeResult } from './measured/write.js'

const TEXTS = { rows: '100000', columns: '20', seconds: '8', detectors: 'all' }
const HELP = `npm run bench -- waits [options]
  --rows 100000 --columns 20
  --seconds 8         after so long a fit is stopped
  --detectors a,b     (default all)
  --write             keep the report in bench/results/waits.md`

const MOST = 200

function tableFor({ columns: kind }, rows, width) {
  const random = createRandom(1)
  const names = Array.from({ length: width }, (_, j) => `c${j}`)
  if (kind !== 'category')
    return numberRows(
      names,
      Float64Array.from({ length: rows * width }, () => random.normal()),
    )
  const categories = Array.from({ length: 50 }, (_, i) => `v${i}`)
  const columns = names.map((name) => ({ name, type: 'category', categories }))
  return { columns, count: rows, data: Float64Array.from({ length: rows * width }, () => random.integer(50)) }
}

/** Watches one fit; the signal is looked at by `aborted`, and by `due`, which comes with it. */
async function watch(detector, rows, seconds) {
  const labels = Float64Array.from({ length: rows.count }, (_, row) => (row % 50 === 0 ? 1 : 0))
  const begun = performance.now()
  let [last, longest, stopped] = [begun, 0, undefined]
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (now - begun > 1000 * seconds) stopped ??= now
    return stopped !== undefined
  }
  const job = {
    signal: {
      get aborted() {
        return look()
      },
    },
    memoryBytes: 8 * 2 ** 30,
    due: () => performance.now() - last > 50,
    tick: () => new Promise((resolve) => setImmediate(resolve)),
  }
  try {
    const model = await detector.fit(rows, { seed: 1, lesson: { labels }, job })
    longest = Math.max(longest, performance.now() - last)
    model.close()
    return { longest, took: performance.now() - begun }
  } catch (error) {
    if (!(error instanceof HeedfulError) || error.code !== 'fit-aborted') throw error
    const end = performance.now()
    return { longest: Math.max(longest, end - last), took: end - begun, stop: end - stopped }
  }
}

const line = (id, { longest, took, stop }) =>
  `| ${id} | ${Math.round(took)}${stop === undefined ? '' : ', stopped'} | ${longest.toFixed(1)}${longest > MOST ? ' **!**' : ''} |`

export async function main(words) {
  const texts = Object.entries(TEXTS).map(([key, value]) => [key, { type: 'string', default: value }])
  const flags = ['write', 'help'].map((key) => [key, { type: 'boolean', default: false }])
  const { values } = parseArgs({ args: words, options: Object.fromEntries([...texts, ...flags]) })
  if (values.help) return console.log(HELP)
  const [rows, columns, seconds] = [values.rows, values.columns, values.seconds].map(Number)
  const chosen = detectors.filter(({ id }) => values.detectors === 'all' || values.detectors.split(',').includes(id))
  const lines = [
    `${rows.toLocaleString('en')} × ${columns}; a fit that is not done after ${seconds} s is stopped. Aim: no wait above ${MOST} ms.`,
    '',
    '| detector | fit, ms | longest wait, ms |',
    '|---|---:|---:|',
  ]
  for (const detector of chosen) {
    lines.push(line(detector.id, await watch(detector, tableFor(detector, rows, columns), seconds)))
    console.error(lines.at(-1))
  }
  console.log(lines.join('\n'))
  if (values.write)
    writeResult(
      'waits',
      'How long a fit keeps others waiting',
      `npm run bench -- waits ${words.join(' ')}`,
      lines.join('\n'),
    )
}
