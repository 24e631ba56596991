/** How fast events are judged. */
import type { EventEmitter } from 'node:events'
import type { ServiceEvents } from './service.ts'

/** The rate is over so many seconds. */
const SPAN = 10
const SECOND = 1000

export class Meter {
  /** ms of a clock that never runs back. */
  private readonly clock: () => number
  private readonly started: number
  /** Events by second of the clock: those of the last `SPAN`. */
  private readonly counts = new Map<number, number>()

  constructor(events: EventEmitter<ServiceEvents>, clock = () => performance.now()) {
    this.clock = clock
    this.started = clock()
    events.on('folded', ({ concluded }) => this.count(concluded.verdicts.length))
  }

  private count(events: number): void {
    const second = Math.floor(this.clock() / SECOND)
    this.counts.set(second, (this.counts.get(second) ?? 0) + events)
    for (const old of this.counts.keys()) if (old <= second - SPAN) this.counts.delete(old)
  }

  /** Events a second over the last seconds, of which the present one is not over yet. */
  get rate(): number {
    const now = this.clock() / SECOND
    const second = Math.floor(now)
    let events = 0
    for (const [at, count] of this.counts) if (at > second - SPAN) events += count
    const span = Math.min(SPAN - 1 + (now - second), now - this.started / SECOND)
    return events / Math.max(1, span)
  }
}
