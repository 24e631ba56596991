/**
 * Serving for long: the server's memory minute by minute, under events at a steady rate.
 */
import { measureOneLog } from './measured/one-log.js'
import { Client } from './serve/load.js'
import { startHeedful } from './serve/processes.js'

/** Sent in so many requests a second. */
const REQUESTS = 20

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const GAUGES = [
  'process_resident_memory_bytes',
  'nodejs_heap_size_total_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
]

export const main = measureOneLog({
  name: 'soak',
  title: 'Serving for long',
  options: { minutes: '10', rate: '400' },
  help: ['--minutes 10        for so long, or until the log ends', '--rate 400          events a second'],
  async measure(log, { minutes, rate }) {
    const server = await startHeedful()
    const client = new Client(server.port, 8)
    const each = Math.max(1, Math.round(Number(rate) / REQUESTS))
    const rows = []
    const started = performance.now()
    let [sent, requests] = [0, 0]
    try {
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
      `${rate} events a second, in ${REQUESTS} requests.`,
      '',
      '| minute | events | memory of the process, MiB | its heap | of it in use | outside of the heap |',
      '|---:|---:|---:|---:|---:|---:|',
    ]
    return [...head, ...rows].join('\n')
  },
})
