/**
 * Serving for long: the server's memory minute by minute, under events at a steady rate. It is given a history first, as what
 * a server knows of an organisation grows for weeks, and then no more.
 */
import { measureOneLog } from './measured/one-log.js'
import { Client } from './serve/load.js'
import { startHeedful } from './serve/processes.js'

/** Sent in so many requests a second. */
const REQUESTS = 20

/** Lines in one request of the history. */
const BATCH = 500
const DAY = 86_400_000

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const GAUGES = [
  'process_resident_memory_bytes',
  'nodejs_heap_size_total_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
]

const timeOf = (line) => Date.parse(JSON.parse(line)['@timestamp'])

/** Everything of the first days, judged. @returns how many lines */
async function sendHistory(client, log, length) {
  const end = log.lines.findIndex((line) => timeOf(line) >= timeOf(log.lines[0]) + length)
  if (end < 0) throw new Error('the log is shorter than --before: give it more --days')
  for (let sent = 0; sent < end; ) {
    const batch = log.lines.slice(sent, Math.min(end, sent + BATCH))
    const { status, text } = await client.ask('/v1/events', Buffer.from(batch.join('\n')))
    if (status === 202) sent += batch.length
    else if (status === 429 || status === 503) await wait(200)
    else throw new Error(`${status} ${text}`)
  }
  while ((await client.mebibytes('heedful_lag_records')) > 0) await wait(200)
  return end
}

export const main = measureOneLog({
  name: 'soak',
  title: 'Serving for long',
  options: { minutes: '10', rate: '400', before: '28' },
  help: [
    '--before 28         days of history that it is given first, as fast as it takes them',
    '--minutes 10        for so long, or until the log ends',
    '--rate 400          events a second',
  ],
  async measure(log, { minutes, rate, before }) {
    const server = await startHeedful()
    const client = new Client(server.port, 8)
    const each = Math.max(1, Math.round(Number(rate) / REQUESTS))
    const rows = []
    let [sent, requests] = [0, 0]
    try {
      sent = await sendHistory(client, log, Number(before) * DAY)
      const started = performance.now()
      while (sent < log.lines.length && performance.now() - started < Number(minutes) * 60_000) {
        const { status, text } = await client.ask(
          '/v1/events',
          Buffer.from(log.lines.slice(sent, sent + each).join('\n')),
        )
        if (status !== 202) throw new Error(`${status} ${text}`)
        sent = Math.min(log.lines.length, sent + each)
        requests++
        const ahead = (1000 * requests) / REQUESTS - (performance.now() - started)
        if (ahead > 0) await wait(ahead)
        if (requests % (60 * REQUESTS) !== 0) continue
        const memory = await Promise.all(GAUGES.map(async (name) => (await client.mebibytes(name)).toFixed(0)))
        rows.push(`| ${rows.length + 1} | ${sent} | ${memory.join(' | ')} |`)
        console.error(rows.at(-1))
      }
    } finally {
      client.close()
      await server.stop()
    }
    const head = [
      `${before} days of history, then ${rate} events a second, in ${REQUESTS} requests.`,
      '',
      '| minute | events | memory of the process, MiB | its heap | of it in use | outside of the heap |',
      '|---:|---:|---:|---:|---:|---:|',
    ]
    return [...head, ...rows].join('\n')
  },
})
