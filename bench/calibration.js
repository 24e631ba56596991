/**
 * Calibrated: how many benign events of each week lie below p = 0.01 and 0.001.
 */
import { parseArgs } from 'node:util'
import { rulerNames } from './attacks/rulers.js'
import { nameOf, runTasks } from './attacks/run-tasks.js'
import { readSeeds } from './attacks/seeds.js'
import { writeResult } from './measured/write.js'

const HELP = `npm run bench -- calibration [options]
  --seeds 3 | 1-10 | 4,7,9   (default 2)
  --ruler first|second|both  (default both)
  --quiet                    logs without attacks instead of the benign events of logs with them
  --workers 2                processes (default 1)
  --users 300 --days 42
  --write                    keep the report in bench/results/calibration.md`

/** What the issue allows: 0.5–2 % at p ≤ 0.01, 0.05–0.2 % at p ≤ 0.001. */
const ALLOWED = { hundredth: [0.005, 0.02], thousandth: [0.0005, 0.002] }

function cell(week, level) {
  if (week === undefined) return '–'
  const share = week[level] / week.events
  const [low, high] = ALLOWED[level]
  const mark = share < low ? ' ↓' : share > high ? ' ↑' : ''
  return `${(100 * share).toFixed(level === 'hundredth' ? 2 : 3)}${mark}`
}

function tableOf(results, level) {
  const weeks = Math.max(...results.map((one) => one.weeks.length))
  const head = Array.from({ length: weeks }, (_, i) => `week ${i + 1}`)
  const text = [`| log | ${head.join(' | ')} |`, `|---|${head.map(() => '---:').join('|')}|`]
  for (const one of results)
    text.push(`| ${nameOf(one)} | ${head.map((_, i) => cell(one.weeks[i], level)).join(' | ')} |`)
  return text
}

function report(results) {
  const cells = (level) => results.flatMap((one) => one.weeks.map((week) => week[level] / week.events))
  const within = (level) => {
    const shares = cells(level)
    const [low, high] = ALLOWED[level]
    return `${shares.filter((share) => share >= low && share <= high).length} of ${shares.length} weeks within ${100 * low}–${100 * high} %`
  }
  return [
    `Benign events with p ≤ 0.01, in %: ${within('hundredth')}.`,
    '',
    ...tableOf(results, 'hundredth'),
    '',
    `Benign events with p ≤ 0.001, in %: ${within('thousandth')}.`,
    '',
    ...tableOf(results, 'thousandth'),
    '',
    '↑ and ↓ lie outside.',
  ].join('\n')
}

export async function main(words) {
  const flag = { type: 'boolean', default: false }
  const text = (value) => ({ type: 'string', default: value })
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: text('2'),
      ruler: text('both'),
      users: text('300'),
      days: text('42'),
      workers: text('1'),
      quiet: flag,
      write: flag,
      help: flag,
    },
  })
  if (values.help) return console.log(HELP)
  const rulers = values.ruler === 'both' ? rulerNames : [values.ruler]
  const size = {
    users: Number(values.users),
    days: Number(values.days),
    budget: 20,
    attacks: !values.quiet,
    why: false,
  }
  const tasks = rulers.flatMap((ruler) => readSeeds(values.seeds).map((seed) => ({ ...size, ruler, seed })))
  let stop = false
  process.once('SIGINT', () => {
    stop = true
  })
  const results = await runTasks(tasks, {
    workers: Number(values.workers),
    stopped: () => stop,
    onProgress: () => {},
    onResult: (one) => console.error(`${nameOf(one)} done, ${one.seconds.toFixed(1)} s`),
  })
  console.log(report(results))
  if (values.write && !stop)
    writeResult(
      'calibration',
      'Calibrated in the stream',
      `npm run bench -- calibration ${words.join(' ')}`,
      report(results),
    )
}
