/** The stream of the server, kept open: asked with a key where one is needed, resumed where it broke off. */
import { askForKey, authorization } from '../http/access-key.ts'
import { type ServerEvent, SseParser } from './sse-parser.ts'

/** `still`: a file that was read once tells nothing more. */
export type Connection = 'connecting' | 'live' | 'broken' | 'still'

/** The server says something at least every 15 s; after this the connection is taken for dead. Milliseconds. */
const SILENCE = 40_000
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 5_000

export interface Watcher {
  onEvent(event: ServerEvent): void
  onState(state: Connection): void
}

/** Opens the stream of a space. @returns what closes it */
export function openStream(url: string, watcher: Watcher): () => void {
  let closed = false
  let lastId = ''
  let wait = FIRST_WAIT
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = new AbortController()

  const connect = async (): Promise<void> => {
    attempt = new AbortController()
    watcher.onState('connecting')
    try {
      await listen(
        url,
        attempt,
        lastId,
        (event) => {
          wait = FIRST_WAIT
          lastId = event.id
          if (!closed) watcher.onEvent(event)
        },
        () => watcher.onState('live'),
      )
    } catch {
      // However it broke, what follows is the same: try again.
    }
    if (closed) return
    watcher.onState('broken')
    timer = setTimeout(() => void connect(), wait)
    wait = Math.min(LONGEST_WAIT, wait * 2)
  }
  /** Back from sleep or without a network for a while: no need to wait for the timer. */
  const hurry = () => {
    if (timer === undefined || closed) return
    clearTimeout(timer)
    timer = undefined
    void connect()
  }
  addEventListener('online', hurry)
  void connect()
  return () => {
    closed = true
    clearTimeout(timer)
    attempt.abort()
    removeEventListener('online', hurry)
  }
}

async function listen(
  url: string,
  attempt: AbortController,
  lastId: string,
  onEvent: (event: ServerEvent) => void,
  onOpen: () => void,
): Promise<void> {
  const resumed = lastId === '' ? {} : { 'last-event-id': lastId }
  const headers = { accept: 'text/event-stream', ...authorization(), ...resumed }
  let silence = setTimeout(() => attempt.abort(), SILENCE)
  try {
    const response = await fetch(url, { headers, signal: attempt.signal, credentials: 'omit', cache: 'no-store' })
    if (response.status === 401) askForKey()
    if (!response.ok || response.body === null) throw new Error(`the stream answered ${response.status}`)
    onOpen()
    const parser = new SseParser(lastId)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(silence)
      silence = setTimeout(() => attempt.abort(), SILENCE)
      for (const event of parser.push(value)) onEvent(event)
    }
  } finally {
    clearTimeout(silence)
  }
}
