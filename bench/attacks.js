/**
 * Finds attacks: campaigns found, precision, false alerts a day on labelled logs of two generators.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lineOf, pool, report } from './attacks/report.js'
import { rulerNames } from './attacks/rulers.js'
import { runTasks } from './attacks/run-tasks.js'
import { readSeeds } from './attacks/seeds.js'
import { readWords } from './measured/options.js'
import { writeResult } from './measured/write.js'

const HELP = `npm run bench -- attacks [options]
  --seeds 3 | 1-10 | 4,7,9   how many from 1 on, a range, or which (default 2)
  --ruler first|second|both  which generator (default both)
  --budget 20 | 20,10,5      alerts a day (default 20)
  --quiet                    also the same logs without attacks
  --full                     budgets 20, 10, 5 and the quiet logs: the whole measure
  --why                      every missed campaign and every false alert in words
  --kind TEXT                with --why: only misses and alerts whose text holds TEXT
  --workers 2                processes (default 1)
  --users 300 --days 42      size of the organisation
  --json                     results as JSON on standard output
  --write                    keep the report in bench/results/attacks.md`

const LAST = fileURLToPath(new URL('./.data/last-attacks.json', import.meta.url))

function readOptions(words) {
  const texts = {
    seeds: '2',
    ruler: 'both',
    budget: '20',
    kind: '',
    workers: '1',
    users: '300',
    days: '42',
  }
  const values = readWords(words, texts, ['quiet', 'full', 'why', 'json'])
  const rulers = values.ruler === 'both' ? rulerNames : [values.ruler]
  if (rulers.some((name) => !rulerNames.includes(name)))
    throw new Error(`--ruler ${values.ruler}: use first, second or both`)
  const budgets = values.full ? [20, 10, 5] : values.budget.split(',').map(Number)
  return {
    ...values,
    rulers,
    budgets,
    quiet: values.quiet || values.full,
    seedList: readSeeds(values.seeds),
    workers: Number(values.workers),
  }
}

function tasksOf({ rulers, seedList, budgets, quiet, why, users, days }) {
  const size = { users: Number(users), days: Number(days), why }
  return rulers.flatMap((ruler) =>
    seedList.flatMap((seed) => [
      ...budgets.map((budget) => ({ ...size, ruler, seed, budget, attacks: true })),
      ...(quiet ? [{ ...size, ruler, seed, budget: budgets[0], attacks: false }] : []),
    ]),
  )
}

/** What changed since the last run over the same logs. */
function compare(results, options) {
  const key = JSON.stringify([options.rulers, options.seedList, options.budgets[0], options.users, options.days])
  const known = existsSync(LAST) ? JSON.parse(readFileSync(LAST, 'utf8')) : {}
  const some = results.filter(({ attacks, budget }) => attacks && budget === options.budgets[0])
  if (some.length === 0) return ''
  const p = pool(some)
  const now = {
    'loud+medium found': p.plainFound,
    'all found': p.found,
    false: p.alerts.false,
    precision: Number(p.precision.toFixed(3)),
    'AP by risk': Number(p.averagePrecision.byRisk.toFixed(4)),
    'AP by p': Number(p.averagePrecision.byP.toFixed(4)),
  }
  const before = known[key]
  mkdirSync(dirname(LAST), { recursive: true })
  writeFileSync(LAST, JSON.stringify({ ...known, [key]: now }))
  if (before === undefined) return ''
  return `Since the last run over these logs: ${Object.entries(now)
    .map(([name, value]) => `${name} ${before[name]} → ${value}`)
    .join(', ')}.`
}

export async function main(words) {
  const options = readOptions(words)
  if (options.help) return console.log(HELP)
  let stop = false
  process.on('SIGINT', () => {
    if (stop) process.exit(130)
    stop = true
    console.error('\nstopping; what is done is reported')
  })
  const tty = process.stderr.isTTY
  const results = await runTasks(tasksOf(options), {
    workers: options.workers,
    stopped: () => stop,
    onProgress: (text) => tty && process.stderr.write(`\r\x1b[K${text}`),
    onResult(result) {
      if (tty) process.stderr.write('\r\x1b[K')
      console.error(lineOf(result))
      const wanted = result.text.filter((text) => text.includes(options.kind))
      if (wanted.length > 0) console.error(`\n${wanted.join('\n')}\n`)
    },
  })
  const complete = results.length === tasksOf(options).length
  if (options.json) console.log(JSON.stringify(results.map(({ text: _, ...rest }) => rest)))
  else console.log(`\n${report(results)}`)
  if (complete) console.error(compare(results, options))
  if (options.write && complete)
    writeResult('attacks', 'Finds attacks', `npm run bench -- attacks ${words.join(' ')}`, report(results))
  if (stop) process.exitCode = 130
}
