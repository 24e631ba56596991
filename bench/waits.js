/** How long a fit keeps others waiting: the longest time between two looks at its signal, by the clock and as work. */
import { parseArgs } from 'node:util'
import { createRandom, HeedfulError, isolationForest, numberRows, prepared } from '@heedful/detect'
import { detectors } from '@heedful/detect/detectors/registry'
import { preparers } from '@heedful/detect/prepare/registry'
import { writeResult } from './measured/write.js'

const TEXTS = { rows: '100000', columns: '20', seconds: '8', detectors: 'all' }
const HELP = `npm run bench -- waits [options]
  --rows 100000 --columns 20
  --seconds 8         after so long a fit is stopped
  --detectors a,b     (default all, and an isolation forest behind each selector)
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
  let [last, longest, work, longestWork] = [begun, 0, process.cpuUsage(), 0]
  const look = () => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(work)
    longest = Math.max(longest, now - last)
    longestWork = Math.max(longestWork, (user + system) / 1000)
    last = now
    work = process.cpuUsage()
    return now - begun > 1000 * seconds
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
  let stopped = false
  try {
    const model = await detector.fit(rows, { seed: 1, lesson: { labels }, job })
    look()
    model.close()
  } catch (error) {
    look()
    if (!(error instanceof HeedfulError) || error.code !== 'fit-aborted') throw error
    stopped = true
  }
  return { longest, longestWork, took: performance.now() - begun, stopped }
}

const line = (id, { longest, longestWork, took, stopped }) => {
  const fit = `${Math.round(took)}${stopped ? ', stopped' : ''}`
  return `| ${id} | ${fit} | ${longest.toFixed(1)}${longest > MOST ? ' **!**' : ''} | ${longestWork.toFixed(1)} |`
}

export async function main(words) {
  const texts = Object.entries(TEXTS).map(([key, value]) => [key, { type: 'string', default: value }])
  const flags = ['write', 'help'].map((key) => [key, { type: 'boolean', default: false }])
  const { values } = parseArgs({ args: words, options: Object.fromEntries([...texts, ...flags]) })
  if (values.help) return console.log(HELP)
  const [rows, columns, seconds] = [values.rows, values.columns, values.seconds].map(Number)
  const selectors = preparers.filter(({ learnsFrom }) => learnsFrom === 'labels')
  const all = [...detectors, ...selectors.map((one) => prepared(one, isolationForest))]
  const chosen = all.filter(({ id }) => values.detectors === 'all' || values.detectors.split(',').includes(id))
  const lines = [
    `${rows.toLocaleString('en')} × ${columns}; a fit that is not done after ${seconds} s is stopped. Aim: no wait above ${MOST} ms.`,
    '',
    '| detector | fit, ms | longest wait, ms | of work, ms |',
    '|---|---:|---:|---:|',
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
