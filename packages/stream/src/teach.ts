/** Lessons wait: for the tick after next if they are trusted, for a week in their user's quarantine if they are not. */

import type { EntityRef } from './event.ts'
import type { Seen } from './features/feature.ts'
import type { Captured } from './observe.ts'

export interface Lesson {
  seen: Seen
  subjects: EntityRef[]
  captured: Captured
}

export interface TeachState {
  /** Lessons of the tick before, and of the one that runs. */
  queues: [Lesson[], Lesson[]]
  quarantine: Map<string, { lesson: Lesson; since: number; alert: string }[]>
}

const QUARANTINE_MS = 7 * 86_400_000
const HELD_PER_USER = 64

/** p below which an event may be an attack: it must not teach at once. */
export const UNTRUSTED = -Math.log(0.001)

export class Teacher {
  private readonly state: TeachState

  constructor(saved?: TeachState) {
    this.state = saved ?? { queues: [[], []], quarantine: new Map() }
  }

  trust(lesson: Lesson): void {
    this.state.queues[1].push(lesson)
  }

  hold(lesson: Lesson, alert: string): void {
    const user = lesson.seen.account
    const held = this.state.quarantine.get(user) ?? []
    held.push({ lesson, since: lesson.seen.event.time, alert })
    if (held.length > HELD_PER_USER) held.shift()
    this.state.quarantine.set(user, held)
  }

  /** The lessons that take effect now. */
  tick(time: number): Lesson[] {
    const [ripe, waiting] = this.state.queues
    this.state.queues = [waiting, []]
    return [...this.release(time), ...ripe]
  }

  private release(time: number): Lesson[] {
    const released: Lesson[] = []
    for (const [user, held] of this.state.quarantine) {
      const first = held[0]
      if (first === undefined || first.since > time - QUARANTINE_MS) continue
      const stay = held.filter(({ since }) => since > time - QUARANTINE_MS)
      released.push(...held.filter(({ since }) => since <= time - QUARANTINE_MS).map(({ lesson }) => lesson))
      if (stay.length === 0) this.state.quarantine.delete(user)
      else this.state.quarantine.set(user, stay)
    }
    return released
  }

  /** An analyst spoke: benign events teach now, malicious ones never. */
  judge(alert: string, label: 'benign' | 'malicious' | 'none'): void {
    if (label === 'none') return
    for (const [user, held] of this.state.quarantine) {
      const judged = held.filter((one) => one.alert === alert)
      if (judged.length === 0) continue
      if (label === 'benign') for (const { lesson } of judged) this.trust(lesson)
      this.state.quarantine.set(
        user,
        held.filter((one) => one.alert !== alert),
      )
    }
  }

  save(): TeachState {
    return this.state
  }
}
