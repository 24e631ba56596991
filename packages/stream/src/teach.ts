/** Lessons wait: for the tick after next if they are trusted, for a week in their user's quarantine if they are not. */

import type { EntityRef } from './event.ts'
import type { Seen } from './features/feature.ts'
import type { Captured } from './observe.ts'

export interface Lesson {
  seen: Seen
  subjects: EntityRef[]
  captured: Captured
}

interface Held {
  lesson: Lesson
  /** ms UTC of its event. */
  since: number
  /** The alert that holds its event; empty where none does. */
  alert: string
}

export interface TeachState {
  /** Lessons of the tick before, and of the one that runs. */
  queues: [Lesson[], Lesson[]]
  /** By user, in the order of the log. */
  quarantine: Map<string, Held[]>
}

const QUARANTINE_MS = 7 * 86_400_000
const HELD_PER_USER = 64

/** p below which an event may be an attack: it must not teach at once. */
export const UNTRUSTED = -Math.log(0.001)

export class Teacher {
  private readonly state: TeachState
  /** Nothing in quarantine is older, ms UTC: most ticks need not look. */
  private oldest = Number.NEGATIVE_INFINITY

  constructor(saved?: TeachState) {
    this.state = saved ?? { queues: [[], []], quarantine: new Map() }
  }

  trust(lesson: Lesson): void {
    this.state.queues[1].push(lesson)
  }

  hold(lesson: Lesson): void {
    const user = lesson.seen.account
    const held = this.state.quarantine.get(user) ?? []
    this.oldest = Math.min(this.oldest, lesson.seen.event.time)
    held.push({ lesson, since: lesson.seen.event.time, alert: '' })
    if (held.length > HELD_PER_USER) held.shift()
    this.state.quarantine.set(user, held)
  }

  /** An alert holds these events: what is said of it is said of their lessons. */
  cite(alert: string, events: readonly { user: string; event: string }[]): void {
    for (const { user, event } of events)
      for (const one of this.state.quarantine.get(user) ?? []) if (one.lesson.seen.event.id === event) one.alert = alert
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

  save(): TeachState {
    const { queues, quarantine } = this.state
    const [ripe, waiting] = queues
    return {
      queues: [ripe, waiting.slice()],
      quarantine: new Map([...quarantine].map(([user, held]) => [user, held.map((one) => ({ ...one }))])),
    }
  }
}
