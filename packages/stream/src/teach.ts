/** Lessons wait: for the tick after next if they are trusted, for a week in their user's quarantine if they are not. */

import type { EntityRef } from './event.ts'
import type { Seen } from './features/feature.ts'
import { freezeMap } from './memory/freeze-map.ts'
import { type Frozen, thaw } from './memory/pending.ts'
import type { Captured } from './observe.ts'

export interface Lesson {
  seen: Seen
  subjects: EntityRef[]
  captured: Captured
}

interface Held {
  readonly lesson: Lesson
  /** ms UTC of its event. */
  readonly since: number
  /** The alert that holds its event; empty where none does. */
  readonly alert: string
}

export interface TeachState {
  /** Lessons of the tick before, and of the one that runs. */
  queues: [Lesson[], Lesson[]]
  /** By user, in the order of the log. The lists are never changed, but replaced. */
  quarantine: Map<string, readonly Held[]>
}

const QUARANTINE_MS = 7 * 86_400_000
const HELD_PER_USER = 64
/** Of all users together; beyond, those go that came first to whoever was put into quarantine first. */
const MOST_HELD = 100_000

/** p below which an event may be an attack: it must not teach at once. */
export const UNTRUSTED = -Math.log(0.001)

export class Teacher {
  private readonly state: TeachState
  /** Nothing in quarantine is older, ms UTC: most ticks need not look. */
  private oldest = Number.NEGATIVE_INFINITY
  /** How many are in quarantine. */
  private held = 0

  constructor(saved?: TeachState) {
    this.state = saved ?? { queues: [[], []], quarantine: new Map() }
    for (const held of this.state.quarantine.values()) this.held += held.length
  }

  trust(lesson: Lesson): void {
    this.state.queues[1].push(lesson)
  }

  hold(lesson: Lesson): void {
    const user = lesson.seen.account
    this.oldest = Math.min(this.oldest, lesson.seen.event.time)
    const held = [...(this.state.quarantine.get(user) ?? []), { lesson, since: lesson.seen.event.time, alert: '' }]
    this.keep(user, held.slice(-HELD_PER_USER))
    if (this.held <= MOST_HELD) return
    const [first] = this.state.quarantine
    if (first !== undefined) this.keep(first[0], first[1].slice(1))
  }

  /** An alert holds these events: what is said of it is said of their lessons. */
  cite(alert: string, events: readonly { user: string; event: string }[]): void {
    for (const { user, event } of events) {
      const held = this.state.quarantine.get(user)
      const isOfAlert = ({ lesson }: Held) => lesson.seen.event.id === event
      if (held?.some(isOfAlert))
        this.state.quarantine.set(
          user,
          held.map((one) => (isOfAlert(one) ? { ...one, alert } : one)),
        )
    }
  }

  /** The lessons that take effect now. */
  tick(time: number): Lesson[] {
    const [ripe, waiting] = this.state.queues
    this.state.queues = [waiting, []]
    return [...this.release(time), ...ripe]
  }

  private release(time: number): Lesson[] {
    const released: Lesson[] = []
    const ripe = time - QUARANTINE_MS
    if (this.oldest > ripe) return released
    this.oldest = Number.POSITIVE_INFINITY
    for (const [user, held] of this.state.quarantine) {
      // Not only the first: events may come out of their order.
      const waiting = held.filter(({ since }) => since > ripe)
      for (const { since } of waiting) this.oldest = Math.min(this.oldest, since)
      if (waiting.length === held.length) continue
      for (const { lesson, since } of held) if (since <= ripe) released.push(lesson)
      this.keep(user, waiting)
    }
    return released
  }

  private keep(user: string, held: Held[]): void {
    this.held += held.length - (this.state.quarantine.get(user)?.length ?? 0)
    if (held.length === 0) this.state.quarantine.delete(user)
    else this.state.quarantine.set(user, held)
  }

  /** An analyst spoke: benign events teach now, malicious ones never. */
  judge(alert: string, label: 'benign' | 'malicious' | 'none'): void {
    if (label === 'none' || alert === '') return
    for (const [user, held] of this.state.quarantine) {
      const judged = held.filter((one) => one.alert === alert)
      if (judged.length === 0) continue
      if (label === 'benign') for (const { lesson } of judged) this.trust(lesson)
      this.keep(
        user,
        held.filter((one) => one.alert !== alert),
      )
    }
  }

  /** All of it as it is now. */
  freeze(): Frozen<TeachState> {
    const [ripe, waiting] = this.state.queues
    const queues: TeachState['queues'] = [ripe, waiting.slice()]
    const quarantine = freezeMap(this.state.quarantine)
    return { step: () => quarantine.step(), state: () => ({ queues, quarantine: quarantine.state() }) }
  }

  save(): TeachState {
    return thaw(this.freeze())
  }
}
