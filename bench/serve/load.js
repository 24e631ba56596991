/** Load over real sockets: in batches as fast as they are acknowledged, or single events at a fixed rate. */
import { Agent, request } from 'node:http'
import { quantile } from '../stream/journeys.js'

export class Client {
  constructor(port, sockets) {
    this.port = port
    this.agent = new Agent({ keepAlive: true, maxSockets: sockets })
  }

  /** Resolves to the status and, of JSON, the answer. */
  ask(path, body) {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/x-ndjson' }
      const options = { port: this.port, host: '127.0.0.1', path, agent: this.agent, headers }
      const asked = request({ ...options, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
        let text = ''
        answer.on('data', (piece) => {
          text += piece
        })
        answer.on('end', () => resolve({ status: answer.statusCode, text }))
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }

  /** A gauge of /metrics, in MiB. */
  async mebibytes(name) {
    const line = new RegExp(`^${name} (.+)$`, 'm').exec((await this.ask('/metrics')).text)
    if (line === null) throw new Error(`/metrics says no ${name}`)
    return Number(line[1]) / 2 ** 20
  }

  close() {
    this.agent.destroy()
  }
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Sends every body, so many at once; one that is asked to wait waits. @returns seconds, and how often it had to. */
export async function sendAll(client, bodies, atOnce) {
  const started = performance.now()
  let next = 0
  let waited = 0
  const worker = async () => {
    while (next < bodies.length) {
      const body = bodies[next++]
      for (;;) {
        const { status, text } = await client.ask('/v1/events', body)
        if (status === 202) break
        if (status !== 429 && status !== 503) throw new Error(`${status} ${text}`)
        waited++
        await wait(200)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { seconds: (performance.now() - started) / 1000, waited }
}

/**
 * One request each 1/rate s, whether the ones before are answered or not. Each is timed from the moment it was due, so a
 * server that stands still is charged for all that had to wait. @returns ms, ascending, and the requests a second done.
 */
export async function sendSteadily(client, bodies, rate) {
  const started = performance.now()
  const times = []
  const answers = []
  let failed = 0
  for (let i = 0; i < bodies.length; ) {
    const due = Math.min(bodies.length, Math.floor(((performance.now() - started) * rate) / 1000) + 1)
    for (; i < due; i++) {
      const at = started + (1000 * i) / rate
      answers.push(
        client.ask('/v1/events', bodies[i]).then(({ status }) => {
          times.push(performance.now() - at)
          if (status !== 202) failed++
        }),
      )
    }
    await wait(1)
  }
  await Promise.all(answers)
  const perSecond = (1000 * bodies.length) / (performance.now() - started)
  const sorted = Float64Array.from(times).sort()
  const of = (share) => quantile(sorted, share)
  return { perSecond, failed, p50: of(0.5), p95: of(0.95), p99: of(0.99), worst: sorted.at(-1) }
}
