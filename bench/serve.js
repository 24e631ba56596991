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

const memoryOf = async (client) =>
  Number(/^process_resident_memory_bytes (\S+)/m.exec((await client.ask('/metrics')).text)?.[1]) / 2 ** 20

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
    return { seconds, waited, lag, processor, single, singleLag, memory: judges ? await memoryOf(client) : Number.NaN }
  } finally {
    client.close()
    await server.stop()
  }
}

const row = (name, values, aim = '') => `| ${name} | ${values.join(' | ')} | ${aim} |`
const whole = (x) => x.toFixed(0)
const fine = (x) => x.toFixed(1)

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
    const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
    const both = (read, form) => [found.heedful, found.bare].map((list) => form(middle(list.map(read))))
    const own = (read, form) => [form(middle(found.heedful.map(read))), '']
    return [
      `${batched.length} events in batches of ${BATCH}, ${AT_ONCE} at once; then ${single.length} alone. The sender runs beside the server.`,
      '',
      '| | heedful serve | bare server and file | aim |',
      '|---|---:|---:|---:|',
      row(
        'events a second, acknowledged',
        both((one) => batched.length / one.seconds, whole),
      ),
      row(
        'events a second, acknowledged and judged',
        own((one) => batched.length / (one.seconds + one.lag), whole),
        '10000',
      ),
      row(
        'seconds until the lag is zero',
        own((one) => one.lag, fine),
        '1',
      ),
      row(
        'requests that were asked to wait',
        own((one) => one.waited, whole),
      ),
      row(
        'processor, µs an event',
        both((one) => (1e6 * one.processor) / batched.length, fine),
      ),
      row(
        'single events a second',
        both((one) => one.single.perSecond, whole),
        rate,
      ),
      row(
        'of them, ms: p50',
        both((one) => one.single.p50, fine),
      ),
      row(
        'p95',
        both((one) => one.single.p95, fine),
        '20',
      ),
      row(
        'p99',
        both((one) => one.single.p99, fine),
      ),
      row(
        'worst',
        both((one) => one.single.worst, fine),
      ),
      row(
        'refused',
        both((one) => one.single.failed, whole),
        '0',
      ),
      row(
        'seconds until the lag is zero',
        own((one) => one.singleLag, fine),
        '1',
      ),
      row(
        'memory of the process at the end, MiB',
        own((one) => one.memory, whole),
      ),
    ].join('\n')
  },
})
