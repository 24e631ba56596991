/** Sends lines to a server that is elsewhere, each batch once: what was not acknowledged is sent again under its key. */
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { CommandError, messageOf } from '../errors.ts'

export interface SenderOptions {
  server: URL
  /** `hf_…`, where the server asks for one. */
  key?: string
  source: string
  format: string
  say(note: string): void
  signal: AbortSignal
}

/** s */
const LONGEST_PAUSE = 30
/** An answer that takes longer is none, ms. */
const PATIENCE = 60_000
/** Answers that say: later. */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504])

interface Problem {
  code?: string
  detail?: string
}

export class Sender {
  private readonly options: SenderOptions
  private said = ''

  constructor(options: SenderOptions) {
    this.options = options
  }

  /** Answers when the lines are on the server's disk. Throws `CommandError` where it will never take them. */
  async send(lines: readonly string[], idempotencyKey: string): Promise<void> {
    const body = gzipSync(`${lines.join('\n')}\n`)
    for (let attempt = 0; !this.options.signal.aborted; attempt++) {
      const pause = await this.attempt(body, idempotencyKey, attempt)
      if (pause === undefined) return
      await wait(1000 * pause, undefined, { signal: this.options.signal }).catch(() => undefined)
    }
    throw this.options.signal.reason
  }

  /** @returns seconds to wait before the next attempt; undefined where it was taken. */
  private async attempt(
    body: Uint8Array<ArrayBuffer>,
    idempotencyKey: string,
    attempt: number,
  ): Promise<number | undefined> {
    const pause = Math.min(LONGEST_PAUSE, 0.5 * 2 ** Math.min(attempt, 10))
    let answer: Response
    try {
      answer = await this.post(body, idempotencyKey)
    } catch (error) {
      if (this.options.signal.aborted) throw error
      this.say(`${this.options.server.origin} does not answer (${causeOf(error)}); it is tried again`)
      return pause
    }
    if (answer.status === 202 || answer.status === 200) {
      await answer.body?.cancel()
      this.said = ''
      return undefined
    }
    const { code = 'unknown', detail = '' } = (await answer.json().catch(() => ({}))) as Problem
    if (!LATER.has(answer.status)) {
      throw new CommandError(
        'server-refused',
        `${this.options.server.origin} refuses the events: ${answer.status} ${code} ${detail}`.trim(),
        code.startsWith('key-') ? 'give its key in HEEDFUL_KEY' : 'mend what it says, then type the same line again',
      )
    }
    this.say(`${this.options.server.origin} asks to wait: ${answer.status} ${code}`)
    return Math.min(LONGEST_PAUSE, Number(answer.headers.get('retry-after')) || pause)
  }

  private post(body: Uint8Array<ArrayBuffer>, idempotencyKey: string): Promise<Response> {
    const { server, key, source, format, signal } = this.options
    const url = new URL('/v1/events', server)
    url.searchParams.set('format', format)
    return fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        'idempotency-key': idempotencyKey,
        'x-heedful-source': source,
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
    })
  }

  private say(note: string): void {
    if (note !== this.said) this.options.say(note)
    this.said = note
  }
}

const causeOf = (error: unknown): string =>
  messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error)
