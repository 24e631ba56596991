/**
 * Whoever watches: alerts and labels as they are concluded, and how things stand each second. What was missed is read from the
 * store, so a watcher goes on where it was also after a restart: an id is the position in the log up to which it was told.
 */
import type { ServerResponse } from 'node:http'
import type { Folded, Service } from '../serving/service.ts'
import type { Change } from '../store/alerts-table.ts'
import { alertOut, labelOut } from './alert-out.ts'

export interface HubOptions {
  service: Service
  /** How things stand, as JSON. */
  now(): string
  /** It could not be read; whoever watches is cut off, and comes again. */
  onFailed(error: unknown): void
  /** Told each second, and the heartbeat; ms. */
  every?: number
  heartbeat?: number
}

const SECOND = 1000
const HEARTBEAT = 15 * SECOND
/** Bytes that wait for a slow reader before it is dropped. */
const MOST_WAITING = 1024 * 1024
export const MOST_WATCHERS = 200
/** ms in which one who is told what it missed reads some of it. */
const PATIENCE = 30 * SECOND
/** Alerts, or labels, that are read at a time for one who was away. */
const PAGE = 50

const message = (event: string, data: string, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`

const labelMessage = (alert: string, label: string): string =>
  message('label', JSON.stringify({ id: alert, label: labelOut(label) }))

/** Resolves when what was written is read; where nobody reads for too long, the connection is ended. */
const drained = (watcher: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => watcher.destroy(), PATIENCE)
    const done = () => {
      clearTimeout(timer)
      watcher.off('drain', done)
      watcher.off('close', done)
      resolve()
    }
    watcher.on('drain', done)
    watcher.on('close', done)
  })

export class StreamHub {
  private readonly options: HubOptions
  /** All of them, and those who have caught up: they are told what is concluded at once. */
  private readonly watchers = new Set<ServerResponse>()
  private readonly present = new Set<ServerResponse>()
  private readonly timers: NodeJS.Timeout[]
  private readonly listener = (folded: Folded) => this.guarded(() => this.tell(folded))
  /** Position up to which those who are present were told. */
  private told: number

  constructor(options: HubOptions) {
    const { service, every = SECOND, heartbeat = HEARTBEAT } = options
    this.options = options
    this.told = service.runner.position - 1
    service.events.on('folded', this.listener)
    this.timers = [
      setInterval(() => this.guarded(() => this.tellNow()), every),
      setInterval(() => this.send(': alive\n\n', true), heartbeat),
    ]
    for (const timer of this.timers) timer.unref()
  }

  get count(): number {
    return this.watchers.size
  }

  /** `since`: the id that the watcher saw last; undefined where it begins now. */
  add(watcher: ServerResponse, since: number | undefined): void {
    this.watchers.add(watcher)
    for (const end of ['close', 'error']) watcher.on(end, () => this.forget(watcher))
    watcher.write(`retry: 2000\n: from ${this.told}\n\n`)
    this.begin(watcher, since ?? this.told).catch((error) => {
      if (!this.watchers.has(watcher)) return
      this.options.onFailed(error)
      this.cutOff(watcher)
    })
  }

  /** Tells what was missed, as fast as it is read; whoever then misses nothing more is present. */
  private async begin(watcher: ServerResponse, since: number): Promise<void> {
    for (const text of this.missed(since)) {
      if (!this.watchers.has(watcher)) return
      if (watcher.write(text)) continue
      await drained(watcher)
    }
    if (!this.watchers.has(watcher)) return
    this.present.add(watcher)
    this.sendTo(watcher, message('now', this.options.now(), this.told >= 0 ? this.told : undefined))
  }

  /** Alerts, then labels, and again what came meanwhile: where it ends, nothing is missing at that moment. */
  private *missed(since: number): Generator<string> {
    const { alerts, feedback } = this.options.service.space.store.tables
    let at: Change = { changed: since + 1, id: '' }
    let said = since
    for (;;) {
      const changed = alerts.changedAfter(at, PAGE)
      for (const one of changed) yield message('alert', JSON.stringify(alertOut(one)))
      at = changed.at(-1) ?? at
      if (changed.length > 0) continue
      const labels = feedback.since(said, PAGE)
      for (const { alert, label } of labels) yield labelMessage(alert, label)
      said = labels.at(-1)?.position ?? said
      if (labels.length === 0) return
    }
  }

  private tell({ concluded }: Folded): void {
    const { alerts, feedback, letters, last } = concluded
    this.told = last
    if (this.present.size === 0) return
    const texts: string[] = []
    const table = this.options.service.space.store.tables.alerts
    for (const alert of alerts.values()) {
      const label = table.find(alert.id)?.label ?? null
      texts.push(message('alert', JSON.stringify(alertOut({ alert, label }))))
    }
    for (const { alert, label } of feedback) texts.push(labelMessage(alert, label))
    if (letters.length > 0) texts.push(message('dead_letter', JSON.stringify({ count: letters.length })))
    // Only the last one says how far it is: who is cut off in between is told all of them again.
    texts.forEach((text, i) => {
      this.send(i === texts.length - 1 ? `id: ${last}\n${text}` : text)
    })
  }

  private tellNow(): void {
    if (this.present.size > 0) this.send(message('now', this.options.now()), true)
  }

  /** Judging goes on whether watchers can be told or not. */
  private guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.options.onFailed(error)
      for (const watcher of this.watchers) this.cutOff(watcher)
    }
  }

  /** What can be left out is not sent to somebody who still reads what came before. */
  private send(text: string, dispensable = false): void {
    for (const watcher of this.present) {
      if (!dispensable || !watcher.writableNeedDrain) this.sendTo(watcher, text)
    }
  }

  private sendTo(watcher: ServerResponse, text: string): void {
    if (watcher.writableLength + text.length > MOST_WAITING) this.cutOff(watcher)
    else watcher.write(text)
  }

  private forget(watcher: ServerResponse): void {
    this.watchers.delete(watcher)
    this.present.delete(watcher)
  }

  private cutOff(watcher: ServerResponse): void {
    this.forget(watcher)
    watcher.destroy()
  }

  /** Ends all streams, so that the server can stop. */
  close(): void {
    for (const timer of this.timers) clearInterval(timer)
    this.options.service.events.off('folded', this.listener)
    for (const watcher of this.watchers) {
      this.forget(watcher)
      watcher.end()
    }
  }
}
