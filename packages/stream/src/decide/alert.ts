/** What a person gets to read. In TypeScript camelCase; the app writes snake_case. */
import type { EntityRef } from '../event.ts'

export type Severity = 'low' | 'medium' | 'high' | 'critical'

export interface Reason {
  /** One sentence for a person, with the numbers in it. */
  text: string
  behaviour: string
  /** What it is called, for a person. */
  title: string
  family: string
  entity: EntityRef
  observed: string
  expected: string
  /** What would have made it normal, where that is more than `expected`. */
  normal?: string
  /** Its part of the risk, at least 0.1: all add up to it, but for those that weigh less and are not said. */
  weight: number
}

export interface Alert {
  /** Determinate: hash of the entity, of the opening event and of its time (see `alertId`). */
  id: string
  /** When it opened: the time of the event that raised it, ms UTC. */
  time: number
  /** Time of the newest event in it. */
  lastTime: number
  entity: EntityRef
  severity: Severity
  /** The highest since it opened: what the families say together within a sitting, as the logarithm of an e-value. Above the level. */
  risk: number
  /**
   * How rarely one event says as much as the loudest of them, news or not; `modelled` where that lies below the reference's
   * resolution.
   */
  pValue: number
  modelled: boolean
  title: string
  /** Strongest first. */
  reasons: Reason[]
  /** At most 50 ids: the first, and those that the reasons come from. */
  events: string[]
  /** Places of their lines in the log, one for each of `events`. */
  positions: number[]
  eventsTotal: number
  /** ATT&CK v19 technique ids. */
  techniques: string[]
  /** Accounts attacked in one incident of an address or a network (a spray), at most 50 listed. */
  victims: EntityRef[]
  /** How many accounts, counted up to 1,000. */
  victimsTotal: number
  state: 'raised' | 'over_budget'
}

/** What was concluded of one event. */
export interface Verdict {
  event: string
  /** Place of its line in the log. */
  position: number
  time: number
  entity: EntityRef
  /**
   * How rarely an event of its kind says so much that was not said of its owner lately. NaN during warm-up, where habits
   * conclude nothing.
   */
  pValue: number
  modelled: boolean
  /** The risk of the entity after this event. */
  risk: number
  /** The alert that it opened or joined. */
  alert?: string
}

export interface DeadLetter {
  /** The line's determinate id. */
  id: string
  door: number
  position: number
  reason: string
  detail: string
  line: string
}
