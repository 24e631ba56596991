/**
 * The page in a real Chromium: bytes and time of the first load, how soon it answers, scrolling, from an event to its alert.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPage } from '../scripts/build-page.js'
import { labelledLog } from './attacks/rulers.js'
import { writeResult } from './measured/write.js'
import { findLogIns, measureArrivals } from './page/arrivals.js'
import { launch } from './page/browser.js'
import { scriptBytes, visitOnce } from './page/first-load.js'
import { measureInteractions } from './page/interactions.js'
import { multiplyAlerts } from './page/many-alerts.js'
import { measureScrolling } from './page/scrolling.js'
import { Client, sendAll } from './serve/load.js'
import { serveFolder } from './serve/processes.js'

const TEXTS = {
  loads: '5',
  alerts: '10000',
  attacks: '50',
  rate: '1000',
  seconds: '75',
  users: '1000',
  days: '20',
  seed: '1',
}

const HELP = `npm run bench -- page [options]
  --loads 5           first loads of each view, and rounds of actions
  --alerts 10000      in the list
  --attacks 50        whose alerts are timed
  --rate 1000         events a second of everybody else meanwhile
  --seconds 75        for so long
  --users 1000 --days 20 --seed 1
  --write             keep the report in bench/results/page.md`

/** So many times slower: about a phone of the middle class. */
const SLOWER = 4
const SPEEDS = [1000, 4000, 16_000]
/** A ceiling that the level is free of. */
const BUDGET = ['--budget', '1000/day', '--warmup', '6d']

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`
const ms = (value) => `${Math.round(value)} ms`
const fine = (value) => value.toFixed(1)
const share = (value) => `${(100 * value).toFixed(1)} %`

async function drain(client) {
  while (JSON.parse((await client.ask('/readyz')).text).lag_records > 0) await new Promise((r) => setTimeout(r, 50))
}

/** Serves the folder while something is measured. */
async function whileServed(folder, measure) {
  const server = await serveFolder(folder, BUDGET)
  const client = new Client(server.port, 64)
  try {
    return await measure({ client, origin: `http://127.0.0.1:${server.port}` })
  } finally {
    client.close()
    await server.stop()
  }
}

const batchesOf = (lines, size) =>
  Array.from({ length: Math.ceil(lines.length / size) }, (_, i) =>
    Buffer.from(lines.slice(i * size, (i + 1) * size).join('\n')),
  )

async function measureViews(browser, { client, origin }, loads) {
  const alert = JSON.parse((await client.ask('/v1/alerts?limit=1')).text).alerts[0]
  const views = [
    ['Now', '/', '.metrics'],
    ['Alerts', '/alerts', '.list-row'],
    ['Alert', `/alerts/${encodeURIComponent(alert.id)}`, '.reasons'],
  ]
  const rows = []
  for (const [name, path, ready] of views) {
    const [plain, slow] = [[], []]
    for (let i = 0; i < loads; i++) {
      plain.push(await visitOnce(browser, `${origin}${path}`, ready, 1))
      slow.push(await visitOnce(browser, `${origin}${path}`, ready, SLOWER))
    }
    const [paint, slower] = [plain, slow].map((visits) => middle(visits.map(({ paint }) => paint)))
    rows.push({ name, paint, slower, bytes: middle(plain.map(({ bytes }) => bytes)), requests: plain[0].requests })
  }
  return rows
}

async function measureRounds(browser, { origin }, rounds, slower) {
  const all = []
  for (let i = 0; i < rounds; i++) all.push(await measureInteractions(browser, origin, slower))
  const byTime = all.sort((a, b) => a.ms - b.ms)
  return byTime[Math.floor(byTime.length / 2)]
}

const loadTable = (views) => [
  `First JavaScript: **${kilobytes(scriptBytes())}** gzip (aim at most 200).`,
  '',
  `| View, empty cache | bytes | requests | LCP | LCP, processor ${SLOWER} times slower |`,
  '|---|---:|---:|---:|---:|',
  ...views.map(
    ({ name, bytes, requests, paint, slower }) =>
      `| ${name} | ${kilobytes(bytes)} | ${requests} | ${ms(paint)} | ${ms(slower)} |`,
  ),
]

const roundTable = (plain, slow) => [
  `| ${plain.actions} actions by keyboard and mouse | INP | what it was | interactions over 16 ms |`,
  '|---|---:|---|---:|',
  ...[
    ['as it is', plain],
    [`processor ${SLOWER} times slower`, slow],
  ].map(([name, { ms: worst, name: what, noticed }]) => `| ${name} | ${ms(worst)} | ${what} | ${noticed} |`),
]

const scrollTable = ({ idle, alerts, runs }) => [
  `${alerts} alerts in the list; this browser, without a screen, draws ${fine(idle)} frames a second where nothing is done. Work is the processor’s time of the page’s main thread: what stays below 16.7 ms keeps up with 60 frames a second.`,
  '',
  '| Pixels a second | frames a second | late (over 25 ms) | dropped | with blank rows | work a frame | longest task |',
  '|---:|---:|---:|---:|---:|---:|---:|',
  ...runs.map(
    ({ speed, rate, late, dropped, frames, blank, work, longest }) =>
      `| ${speed} | ${rate.toFixed(1)} | ${share(late)} | ${dropped} of ${frames} | ${blank} | ${fine(work)} ms | ${fine(longest)} ms |`,
  ),
]

const times = ({ p50, p95, worst }) => [p50, p95, worst].map(ms).join(' | ')

const arrivalTable = ({ shown, unraised, whole, acknowledged, perSecond, refused }, list) => [
  `At ${Math.round(perSecond)} events a second of everybody else, ${list} alerts in the list: ${shown} attacks timed${unraised > 0 ? `, ${unraised} raised no alert` : ''}${refused > 0 ? `, ${refused} batches refused` : ''}.`,
  '',
  '| From the request being sent | p50 | p95 | worst |',
  '|---|---:|---:|---:|',
  `| until it is acknowledged | ${times(acknowledged)} |`,
  `| until the row is in the page (aim: p95 under 1 s) | ${times(whole)} |`,
]

async function measure({ loads, alerts, attacks, rate, seconds, users, days, seed }) {
  const built = buildPage()
  if (built.status !== 0) throw new Error(built.said)
  const { lines } = await labelledLog({ ruler: 'first', seed, users, days, attacks: false })
  const life = lines.slice(-rate * seconds)
  const before = lines.slice(0, -rate * seconds)
  if (before.length < life.length) throw new Error('too few events: simulate more people or days (--users, --days)')
  const folder = mkdtempSync(join(tmpdir(), 'heedful-bench-'))
  const data = join(folder, 'data')
  const browser = await launch()
  try {
    await whileServed(data, async ({ client }) => {
      console.error(`${before.length} events go before`)
      await sendAll(client, batchesOf(before, 500), 4)
      await drain(client)
    })
    const raised = multiplyAlerts(data, alerts)
    console.error(`${raised} alerts, copied to ${alerts}`)
    return await whileServed(data, async (served) => {
      const views = await measureViews(browser, served, loads)
      const plain = await measureRounds(browser, served, loads, 1)
      const slow = await measureRounds(browser, served, loads, SLOWER)
      const scrolled = await measureScrolling(browser, served.origin, alerts, SPEEDS)
      console.error('alerts are timed')
      const logIns = findLogIns(before.slice(-20_000))
      const arrived = await measureArrivals({ ...served, browser, lines: life, logIns, attacks, rate })
      const tables = [loadTable(views), roundTable(plain, slow), scrollTable(scrolled), arrivalTable(arrived, alerts)]
      return tables.map((table) => table.join('\n')).join('\n\n')
    })
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function main(words) {
  const texts = Object.entries(TEXTS).map(([name, value]) => [name, { type: 'string', default: value }])
  const flags = ['write', 'help'].map((name) => [name, { type: 'boolean', default: false }])
  const { values } = parseArgs({ args: words, options: Object.fromEntries([...texts, ...flags]) })
  if (values.help) return console.log(HELP)
  const { write, help, ...numbers } = values
  const body = await measure(Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, Number(text)])))
  console.log(body)
  if (write) writeResult('page', 'The page', `npm run bench -- page ${words.join(' ')}`.trimEnd(), body)
}
