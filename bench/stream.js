/**
 * Fast: events a second and peak memory of a scan, split by room; one event's journey; longest pause; bytes of memory.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { median } from './attacks/statistics.js'
import { measureOneLog } from './measured/one-log.js'
import { entitiesOf, foldLog, quantile, weighMemory } from './stream/journeys.js'
import { weighResidents } from './stream/residents.js'
import { profileRooms } from './stream/rooms.js'
import { measureScan } from './stream/scans.js'

/** So many people are held at once to weigh the heap. */
const MANY = 10_000

const FILE = fileURLToPath(new URL('./.data/stream.ndjson', import.meta.url))
const spread = (list, digits = 0) =>
  `${median(list).toFixed(digits)} (${Math.min(...list).toFixed(digits)}–${Math.max(...list).toFixed(digits)})`

async function scanSection(log, runs) {
  if (runs === 0) return []
  writeFileSync(FILE, `${log.lines.join('\n')}\n`)
  const scans = []
  for (let i = 0; i < runs; i++) {
    scans.push(await measureScan(FILE, i))
    console.error(`scan ${i + 1} of ${runs}: ${scans[i].seconds.toFixed(1)} s, ${scans[i].peakMiB.toFixed(0)} MiB`)
  }
  const of = (key) => scans.map((one) => one[key])
  return [
    '| heedful scan, in a process of its own | median (least–most) | aim |',
    '|---|---:|---:|',
    `| events a second, wall clock with start and end | ${spread(of('seconds').map((s) => log.lines.length / s))} | 20000 |`,
    `| seconds | ${spread(of('seconds'), 1)} | |`,
    `| seconds of processor | ${spread(of('cpuSeconds'), 1)} | |`,
    `| peak memory, MiB | ${spread(of('peakMiB'))} | 1024 |`,
    `| longest gap of the event loop, ms | ${spread(of('longestGapMs'))} | 50 |`,
    '',
  ]
}

function journeySection(log) {
  foldLog(log, { timed: false })
  const { fold, steps, longest } = foldLog(log, { timed: true })
  const { types, texts, total } = weighMemory(fold)
  const state = entitiesOf(fold)
  const residents = (awake) => Math.round(weighResidents(state, MANY, awake))
  const bytes = [...types].map(
    ([type, { count, bytes }]) =>
      `| ${type} | ${count} | ${Math.round(bytes / count)} | ${{ user: '1536', address: '256' }[type] ?? ''} |`,
  )
  return [
    '| one line through the fold, in process, warm | | aim |',
    '|---|---:|---:|',
    `| p50, ms | ${quantile(steps, 0.5).toFixed(3)} | |`,
    `| p99, ms | ${quantile(steps, 0.99).toFixed(3)} | 0.5 |`,
    `| p99.9, ms | ${quantile(steps, 0.999).toFixed(3)} | |`,
    `| longest single step, ms | ${longest.ms.toFixed(1)} (${longest.what}) | 50 |`,
    '',
    '| saved memory | entities | bytes each | aim |',
    '|---|---:|---:|---:|',
    ...bytes,
    `| texts that many hold | | ${texts} in all | |`,
    `| everything | | ${total} in all | |`,
    '',
    `| heap, of ${MANY} people | bytes each |`,
    '|---|---:|',
    `| all packed | ${residents(0)} |`,
    `| all in use | ${residents(MANY)} |`,
    '',
  ]
}

async function roomSection(log) {
  const started = performance.now()
  const { rooms, functions } = await profileRooms(async () => foldLog(log, { timed: false }))
  const seconds = (performance.now() - started) / 1000
  const total = [...rooms.values()].reduce((a, b) => a + b, 0)
  const rows = [...rooms]
    .sort((a, b) => b[1] - a[1])
    .map(([room, us]) => `| ${room} | ${((100 * us) / total).toFixed(1)} % | ${(us / log.lines.length).toFixed(1)} |`)
  return [
    `| room (sampled, ${seconds.toFixed(1)} s for the fold alone, ${Math.round((1e6 * log.lines.length) / total)} events a second) | share | µs an event |`,
    '|---|---:|---:|',
    ...rows,
    '',
    '| function, itself (line of the built file) | µs an event |',
    '|---|---:|',
    ...functions.map(([name, us]) => `| ${name} | ${(us / log.lines.length).toFixed(1)} |`),
    '',
  ]
}

export const main = measureOneLog({
  name: 'stream',
  title: 'Fast',
  options: { runs: '3' },
  help: ['--runs 5            scans in a process of their own (default 3; 0 leaves them out)'],
  async measure(log, { runs, users, days }) {
    const scans = await scanSection(log, Number(runs))
    const sections = [...scans, ...journeySection(log), ...(await roomSection(log))]
    return [`${log.lines.length} events of ${users} people in ${days} days.`, '', ...sections].join('\n')
  },
})
