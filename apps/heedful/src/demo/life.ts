/**
 * The life of a simulated organisation, event by event as lines of a log: six weeks and a little more are history, up to shortly
 * before the first loud attack after them, so that whoever watches sees an alert soon.
 */
import { type LabelledEvent, simulate, toEcs } from '@heedful/simulate'

export interface LifeOptions {
  users: number
  days: number
  seed: number
}

export interface Moment {
  /** ms UTC */
  time: number
  /** One ECS document. */
  line: string
}

const DAY = 86_400_000
const HISTORY = 42 * DAY
/** How long before the first event of the first live attack life is live, ms: a third of a minute at 60 times the pace. */
const LEAD = 20 * 60_000

const momentOf = ({ event }: LabelledEvent): Moment => ({ time: event.time, line: toEcs(event) })

export class Life {
  /** 00:00 UTC of its first day, and when it is live; ms UTC. */
  readonly from: number
  readonly liveFrom: number
  /** The history, and what was drawn beyond it. */
  private ahead: Moment[]
  private at = 0
  private readonly rest: Iterator<LabelledEvent>

  constructor(options: LifeOptions) {
    const { events, campaigns, span } = simulate(options)
    const loud = new Set(campaigns.filter(({ difficulty }) => difficulty === 'loud').map(({ id }) => id))
    this.from = span.from
    this.rest = events
    this.ahead = []
    let liveFrom = span.from + HISTORY
    for (let next = events.next(); next.done !== true; next = events.next()) {
      const { event, campaign } = next.value
      this.ahead.push(momentOf(next.value))
      if (event.time < span.from + HISTORY + LEAD || !loud.has(campaign ?? '')) continue
      liveFrom = event.time - LEAD
      break
    }
    this.liveFrom = liveFrom
  }

  /** Leaves out what was before `time`, ms UTC: it is told already. */
  skipTo(time: number): void {
    while ((this.peek()?.time ?? Number.POSITIVE_INFINITY) < time) this.at++
  }

  /** Events before `time`, in order, at most `most`. */
  take(time: number, most: number): Moment[] {
    const taken: Moment[] = []
    while (taken.length < most) {
      const next = this.peek()
      if (next === undefined || next.time >= time) break
      taken.push(next)
      this.at++
    }
    return taken
  }

  /** Undefined where the life is over. */
  private peek(): Moment | undefined {
    if (this.at >= this.ahead.length) {
      const next = this.rest.next()
      this.ahead = next.done === true ? [] : [momentOf(next.value)]
      this.at = 0
    }
    return this.ahead[this.at]
  }

  get over(): boolean {
    return this.peek() === undefined
  }
}
