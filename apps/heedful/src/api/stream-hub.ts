/**
 * Whoever watches: alerts and labels as they are concluded, and how things stand each second. What was missed is read from the
 * store, so a watcher goes on where it was also after a restart: an id is the position in the log up to which it was told.
 */
import type { ServerResponse } from 'node:http'
import type { Folded, Service } from '../serving/service.ts'
import { alertOut, labelOut } from './alert-out.ts'

export interface HubOptions {
  service: Service
  /** How things stand, as JSON. */
  now(): string
  /** Told each second, and the heartbeat; ms. */
  every?: number
  heartbeat?: number
}

const SECOND = 1000
const HEARTBEAT = 15 * SECOND
/** Bytes that wait for a slow reader before it is dropped. */
const MOST_WAITING = 1024 * 1024
export const MOST_WATCHERS = 200
/** Alerts, and labels, that are told to one who was away. */
const MISSED = 500

const message = (event: string, data: string, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`

export class StreamHub {
  private readonly service: Service
  private readonly now: () => string
  private readonly watchers = new Set<ServerResponse>()
  private readonly timers: NodeJS.Timeout[]
  private readonly listener = (folded: Folded) => this.tell(folded)

  constructor({ service, now, every = SECOND, heartbeat = HEARTBEAT }: HubOptions) {
    this.service = service
    this.now = now
    service.events.on('folded', this.listener)
    this.timers = [
      setInterval(() => this.tellNow(), every),
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
    watcher.on('close', () => this.watchers.delete(watcher))
    watcher.on('error', () => this.watchers.delete(watcher))
    const position = this.service.runner.position - 1
    watcher.write(`retry: 2000\n: from ${position}\n\n`)
    if (since !== undefined && since < position) for (const text of this.missed(since)) this.sendTo(watcher, text)
    this.sendTo(watcher, message('now', this.now(), position >= 0 ? position : undefined))
  }

  private *missed(since: number): Generator<string> {
    const { alerts, feedback } = this.service.space.store.tables
    const told = [
      ...alerts.changedSince(since, MISSED).map((one) => ({
        position: one.changed,
        text: message('alert', JSON.stringify(alertOut(one))),
      })),
      ...feedback.since(since, MISSED).map(({ position, alert, label }) => ({
        position,
        text: message('label', JSON.stringify({ id: alert, label: labelOut(label) })),
      })),
    ].sort((a, b) => a.position - b.position)
    for (const { text } of told) yield text
  }

  private tell({ concluded }: Folded): void {
    if (this.watchers.size === 0) return
    const { alerts, feedback, letters, last } = concluded
    const texts: [event: string, data: string][] = []
    const table = this.service.space.store.tables.alerts
    for (const alert of alerts.values()) {
      const label = table.find(alert.id)?.label ?? null
      texts.push(['alert', JSON.stringify(alertOut({ alert, label }))])
    }
    for (const { alert, label } of feedback)
      texts.push(['label', JSON.stringify({ id: alert, label: labelOut(label) })])
    if (letters.length > 0) texts.push(['dead_letter', JSON.stringify({ count: letters.length })])
    // Only the last one says how far it is: who is cut off in between is told all of them again.
    texts.forEach(([event, data], i) => {
      this.send(message(event, data, i === texts.length - 1 ? last : undefined))
    })
  }

  private tellNow(): void {
    if (this.watchers.size > 0) this.send(message('now', this.now()), true)
  }

  /** What can be left out is not sent to somebody who still reads what came before. */
  private send(text: string, dispensable = false): void {
    for (const watcher of this.watchers) {
      if (!dispensable || !watcher.writableNeedDrain) this.sendTo(watcher, text)
    }
  }

  private sendTo(watcher: ServerResponse, text: string): void {
    if (watcher.writableLength + text.length > MOST_WAITING) {
      this.watchers.delete(watcher)
      watcher.destroy()
    } else watcher.write(text)
  }

  /** Ends all streams, so that the server can stop. */
  close(): void {
    for (const timer of this.timers) clearInterval(timer)
    this.service.events.off('folded', this.listener)
    for (const watcher of this.watchers) watcher.end()
    this.watchers.clear()
  }
}
