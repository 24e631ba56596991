/**
 * What is remembered of the last connections and dialogues, so that the lines of one log-in make one event. PAM, and sshd's
 * notice of an unknown name, speak before the service itself does: their event is held back, and is told only where the
 * service never tells it. Bounded: the attempt that was touched longest ago gives way, and tells what it held.
 */
import type { Event } from '../../event.ts'

/** How much a held event knows: a better one of the same attempt takes its place. */
export const Rank = {
  /** sshd named an unknown account; what was tried is not said yet. */
  named: 0,
  /** A key was not accepted; clients try their keys one after another, silently. */
  key: 1,
  /** PAM refused. */
  pam: 2,
  /** The service says what PAM said, with name and address. */
  service: 3,
  /** PAM opened a session: a success, should the service never say so. */
  opened: 4,
} as const

export type Rank = (typeof Rank)[keyof typeof Rank]

export interface Held {
  event: Event
  rank: Rank
  /** Who said so (`unix`, `sss` …): a second module's refusal of the same attempt is no second failure. */
  source: string
  /** Log time at which it is told, ms UTC. */
  due: number
}

export interface Attempt {
  /** Failures told by the service itself. */
  told: number
  /** Failures told for want of the service's own line, which may still come. */
  owed: number
  /** The log-in succeeded, or the privilege was given: what follows belongs to it. */
  granted: boolean
  /** A first factor was accepted. */
  partial: boolean
  /** The account does not exist. */
  unknown: boolean
  /** Why the service will refuse whatever is tried; empty where it did not say. */
  barred: string
  held: Held | null
  /** Log time of the last line on it, ms UTC. */
  touched: number
}

export type AttemptsState = { now: number; attempts: [string, Attempt][]; released: Event[] }

const CAPACITY = 4096
const EVICTED = 128
const OLDEST = -8.64e15
/** A number of a process that was quiet for so long may be somebody else's by now. */
const QUIET_MS = 15 * 60_000

const startAttempt = (touched: number): Attempt => ({
  told: 0,
  owed: 0,
  granted: false,
  partial: false,
  unknown: false,
  barred: '',
  held: null,
  touched,
})

/** A held event takes over what the one before it knew of the same attempt. */
function enriched(better: Event, before: Event): Event {
  const merged: Event = { ...better }
  if (before.unknownUser === true) merged.unknownUser = true
  if (merged.user === undefined && before.user !== undefined) merged.user = before.user
  if (merged.srcEndpoint === undefined && before.srcEndpoint !== undefined) merged.srcEndpoint = before.srcEndpoint
  if (merged.authMethod === undefined && before.authMethod !== undefined) merged.authMethod = before.authMethod
  return merged
}

export class Attempts {
  /** Latest log time seen: it never runs backwards, so what is held is never told too early. */
  private now: number
  /** In the order of the last touch, oldest first. */
  private readonly attempts: Map<string, Attempt>
  /** Told, but not handed out yet. */
  private released: Event[]
  private nextDue = Number.POSITIVE_INFINITY

  constructor(saved?: AttemptsState) {
    this.now = saved?.now ?? OLDEST
    this.attempts = new Map(saved?.attempts.map(([key, attempt]) => [key, { ...attempt }]))
    this.released = saved === undefined ? [] : [...saved.released]
    for (const { held } of this.attempts.values()) this.nextDue = Math.min(this.nextDue, held?.due ?? this.nextDue)
  }

  /** Log time passes: what was held long enough is told. */
  advance(time: number): void {
    if (time > this.now) this.now = time
    if (this.now < this.nextDue) return
    this.nextDue = Number.POSITIVE_INFINITY
    for (const attempt of this.attempts.values()) {
      if (attempt.held === null) continue
      if (attempt.held.due <= this.now) this.tellOwed(attempt)
      else this.nextDue = Math.min(this.nextDue, attempt.held.due)
    }
  }

  /** The attempt of that key, begun if there is none. */
  touch(key: string): Attempt {
    const known = this.find(key)
    if (known !== undefined) {
      known.touched = this.now
      this.attempts.delete(key)
      this.attempts.set(key, known)
      return known
    }
    if (this.attempts.size >= CAPACITY) this.evict()
    const attempt = startAttempt(this.now)
    this.attempts.set(key, attempt)
    return attempt
  }

  find(key: string): Attempt | undefined {
    const known = this.attempts.get(key)
    if (known === undefined || this.now - known.touched <= QUIET_MS) return known
    this.forget(key)
    return undefined
  }

  /** The process ended: its number may be somebody else's next. */
  forget(key: string): void {
    const attempt = this.attempts.get(key)
    if (attempt === undefined) return
    this.tell(attempt)
    this.attempts.delete(key)
  }

  /**
   * Holds a failure back for `wait` ms of log time. Answers false where it is the same failure as one that is held or told.
   */
  hold(attempt: Attempt, rank: Rank, source: string, event: Event, wait: number): boolean {
    const { held } = attempt
    if (attempt.owed > 0 && rank === Rank.service) {
      attempt.owed = Math.max(0, attempt.owed - event.count)
      return false
    }
    let kept = event
    if (held !== null) {
      if (rank < held.rank && rank < Rank.pam) return false
      if (rank === held.rank && (rank < Rank.pam || source !== held.source)) return false
      if (rank > held.rank && rank !== Rank.opened) kept = enriched(event, held.event)
      else this.tellOwed(attempt)
    }
    const due = this.now + wait
    attempt.held = { event: kept, rank, source, due }
    this.nextDue = Math.min(this.nextDue, due)
    return true
  }

  /** The service itself tells `count` failures: how many of them are not told yet. What was held is one of them. */
  settle(attempt: Attempt, count: number): number {
    attempt.held = null
    const paid = Math.min(attempt.owed, count)
    attempt.owed -= paid
    attempt.told += count
    return count - paid
  }

  /** Nothing more will be said of the attempt: what it holds is told now. */
  tell(attempt: Attempt): void {
    if (attempt.held?.event.status === 'failure') attempt.told += attempt.held.event.count
    this.release(attempt)
  }

  private tellOwed(attempt: Attempt): void {
    if (attempt.held?.event.status === 'failure') attempt.owed += attempt.held.event.count
    this.release(attempt)
  }

  private release(attempt: Attempt): void {
    if (attempt.held === null) return
    this.released.push(attempt.held.event)
    if (attempt.held.rank === Rank.opened) attempt.granted = true
    attempt.held = null
  }

  /** Many at once: the beginning of a map that lost its first entries one by one is slow to find. */
  private evict(): void {
    let left = EVICTED
    for (const [key, attempt] of this.attempts) {
      this.tell(attempt)
      this.attempts.delete(key)
      if (--left === 0) return
    }
  }

  /** What became due, in the order in which it was held. */
  take(): Event[] {
    if (this.released.length === 0) return this.released
    const events = this.released
    this.released = []
    return events
  }

  get waiting(): boolean {
    return this.released.length > 0
  }

  save(): AttemptsState {
    const attempts = [...this.attempts].map(([key, attempt]): [string, Attempt] => [key, { ...attempt }])
    return { now: this.now, attempts, released: [...this.released] }
  }
}
