/** What happened to the lines: counted by reason, with one example place for each. Bounded. */
import type { DeadLetter, Event } from '@heedful/stream'
import type { Place } from './runner.ts'

export interface Refused {
  reason: string
  count: number
  /** Where the first one stands, and what its beginning says. */
  example: Place & { detail: string; text: string }
}

/** Reasons are few; a format that invents more of them is counted under `other`. */
const REASONS = 200
const LINE = 200

export class Tally {
  lines = 0
  events = 0
  /** Events that bring their place themselves. */
  located = 0
  readonly refused = new Map<string, Refused>()
  readonly absorbed = new Map<string, number>()
  /** Time of the earliest and latest event, ms UTC. */
  first = Number.POSITIVE_INFINITY
  last = Number.NEGATIVE_INFINITY

  refuse(letter: DeadLetter, place: Place): void {
    const reason = this.refused.has(letter.reason) || this.refused.size < REASONS ? letter.reason : 'other'
    const known = this.refused.get(reason)
    if (known !== undefined) known.count++
    else {
      const example = { ...place, detail: letter.detail.slice(0, LINE), text: letter.line.slice(0, LINE) }
      this.refused.set(reason, { reason, count: 1, example })
    }
  }

  absorb(why: string): void {
    const reason = this.absorbed.has(why) || this.absorbed.size < REASONS ? why : 'other'
    this.absorbed.set(reason, (this.absorbed.get(reason) ?? 0) + 1)
  }

  count({ time, srcEndpoint }: Event): void {
    this.events++
    if (srcEndpoint?.location !== undefined) this.located++
    if (time < this.first) this.first = time
    if (time > this.last) this.last = time
  }

  get refusedTotal(): number {
    return [...this.refused.values()].reduce((sum, { count }) => sum + count, 0)
  }

  get absorbedTotal(): number {
    return [...this.absorbed.values()].reduce((sum, count) => sum + count, 0)
  }
}
