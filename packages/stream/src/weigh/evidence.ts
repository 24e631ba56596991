/** What one entity's memory says about one event. */
import type { Behaviour, Told } from '../behaviours/behaviour.ts'
import type { EntityRef } from '../event.ts'
import type { Values } from '../features/feature.ts'

/**
 * What is less surprising is worth nothing, so nobody will ask why: just below the surprise from which on a family is worth
 * anything (`logEvidence`), where 1 = κ·exp((1 − κ)·surprise).
 */
export const LEAST_TOLD = 2

export interface Evidence {
  behaviour: Behaviour
  entity: EntityRef
  values: Values
  score: number
  maturity: number
  /** −ln p of this evidence alone, as the references stand. */
  surprise: number
  /** Written while the memory was as the event found it; only for what may become a reason. */
  told: Told | undefined
}
