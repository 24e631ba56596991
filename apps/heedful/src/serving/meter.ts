/** How fast events are judged, and since when some wait. */
import type { Service } from './service.ts'

/** The rate is over so many seconds. */
const SPAN = 10
const SECOND = 1000

export class Meter {
  private readonly service: Service
  /** Events by second of the monotonic clock; the last `SPAN`. */
  private readonly counts = new Map<number, number>()
  private caughtUp = performance.now()

  constructor(service: Service) {
    this.service = service
    service.events.on('folded', ({ concluded }) => this.count(concluded.verdicts.length))
  }

  private count(events: number): void {
    const now = performance.now()
    const second = Math.floor(now / SECOND)
    this.counts.set(second, (this.counts.get(second) ?? 0) + events)
    for (const old of this.counts.keys()) if (old <= second - SPAN) this.counts.delete(old)
    if (this.service.lag === 0) this.caughtUp = now
  }

  /** Events a second over the last seconds. */
  get rate(): number {
    const second = Math.floor(performance.now() / SECOND)
    let events = 0
    for (const [at, count] of this.counts) if (at > second - SPAN) events += count
    return events / SPAN
  }

  /** Seconds since everything was folded. */
  get lagSeconds(): number {
    if (this.service.lag === 0) return 0
    return (performance.now() - this.caughtUp) / SECOND
  }
}
