/**
 * Serving: events a second, durably acknowledged and judged, in batches; single events; beside a bare web server and file.
 */
import { readFileSync } from 'node:fs'
import { measureOneLog } from './measured/one-log.js'
import { Client, sendAll, sendSteadily } from './serve/load.js'
import { startBare, startHeedful } from './serve/processes.js'

const BATCH = 500
const AT_ONCE = 4

const batchesOf = (lines) =>
  Array.from({ length: Math.ceil(lines.length / BATCH) }, (_, i) =>
    Buffer.from(lines.slice(i * BATCH, (i + 1) * BATCH).join('\n')),
  )

/** Seconds of processor that a process has used; Linux only. */
function processorSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

async function lagOf(client) {
  return JSON.parse((await client.ask('/readyz')).text).lag_records
}

/** Seconds until everything that was acknowledged is judged. */
async function drain(client) {
  const started = performance.now()
  while ((await lagOf(client)) > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  return (performance.now() - started) / 1000
}

async function measureServer(start, lines, singles, rate, judges) {
  const server = await start()
  const client = new Client(server.port, 64)
  try {
    const { seconds, waited } = await sendAll(client, batchesOf(lines), AT_ONCE)
    const lag = judges ? await drain(client) : 0
    const processor = processorSeconds(server.pid)
    const single = await sendSteadily(
      client,
      singles.map((line) => Buffer.from(line)),
      rate,
    )
    const singleLag = judges ? await drain(client) : 0
    return {
      seconds,
      waited,
      lag,
      processor,
      single,
      singleLag,
      memory: judges ? await client.mebibytes('process_resident_memory_bytes') : Number.NaN,
    }
  } finally {
    client.close()
    await server.stop()
  }
}

const whole = (x) => x.toFixed(0)
const fine = (x) => x.toFixed(1)
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

/** Name, what it is of one run of so many events, how it is written, the aim, and whether only Heedful has it. */
const ROWS = [
  ['events a second, acknowledged', (one, events) => events / one.seconds, whole, '', false],
  ['events a second, acknowledged and judged', (one, events) => events / (one.seconds + one.lag), whole, '10000', true],
  ['seconds until the lag is zero', (one) => one.lag, fine, '1', true],
  ['requests that were asked to wait', (one) => one.waited, whole, '', true],
  ['processor, µs an event', (one, events) => (1e6 * one.processor) / events, fine, '', false],
  ['single events a second', (one) => one.single.perSecond, whole, '1000', false],
  ['of them, ms: p50', (one) => one.single.p50, fine, '', false],
  ['p95', (one) => one.single.p95, fine, '20', false],
  ['p99', (one) => one.single.p99, fine, '', false],
  ['worst', (one) => one.single.worst, fine, '', false],
  ['refused', (one) => one.single.failed, whole, '0', false],
  ['seconds until the lag is zero', (one) => one.singleLag, fine, '1', true],
  ['memory of the process at the end, MiB', (one) => one.memory, whole, '', true],
]

function tableOf({ heedful, bare }, events) {
  const cell = (runs, read, form) => form(median(runs.map((one) => read(one, events))))
  return ROWS.map(([name, read, form, aim, own]) => {
    const cells = [cell(heedful, read, form), own ? '' : cell(bare, read, form)]
    return `| ${name} | ${cells.join(' | ')} | ${aim} |`
  })
}

export const main = measureOneLog({
  name: 'serve',
  title: 'Serving',
  options: { rate: '1000', singles: '10000', runs: '1' },
  help: [
    '--rate 1000         single events a second',
    '--singles 10000     single events in all',
    '--runs 1            each server so many times, in turn; the medians are told',
  ],
  async measure(log, { rate, singles, runs }) {
    const cut = Math.max(1, log.lines.length - Number(singles))
    const [batched, single] = [log.lines.slice(0, cut), log.lines.slice(cut)]
    const found = { heedful: [], bare: [] }
    for (let i = 0; i < Number(runs); i++) {
      found.bare.push(await measureServer(startBare, batched, single, Number(rate), false))
      found.heedful.push(await measureServer(startHeedful, batched, single, Number(rate), true))
      console.error(`run ${i + 1} of ${runs}`)
    }
    return [
      `${batched.length} events in batches of ${BATCH}, ${AT_ONCE} at once; then ${single.length} alone. The sender runs beside the server.`,
      '',
      '| | heedful serve | bare server and file | aim |',
      '|---|---:|---:|---:|',
      ...tableOf(found, batched.length),
    ].join('\n')
  },
})
