/** What a simulation gives: events, each with the truth about it, and the stories that they belong to. */
import type { EntityRef, Event } from '@heedful/stream'

export interface LabelledEvent {
  event: Event
  /** Id of the attack campaign it belongs to. */
  campaign?: string
  /** Id of the benign look-alike it belongs to. */
  lookAlike?: string
}

/** How plainly an attack differs from what its victims do. */
export type Difficulty = 'loud' | 'medium' | 'subtle'

interface Story {
  id: string
  kind: string
  /** Accounts, addresses and hosts that it was done with. */
  used: EntityRef[]
  /** Time of its first and last event, ms UTC; NaN before any was given out. */
  firstTime: number
  lastTime: number
  /** Ids of its events, in order. Complete when the iteration has ended. */
  events: string[]
}

export interface Campaign extends Story {
  difficulty: Difficulty
  /** ATT&CK v19 technique ids. */
  techniques: readonly string[]
  /** Accounts and hosts that it was aimed at. */
  attacked: EntityRef[]
}

export interface LookAlike extends Story {
  /** The kind of attack whose headline signal it shares. */
  resembles: string
  /** That signal, in words. */
  sharedSignal: string
  /** What tells it apart, observable in its events. */
  difference: string
}
