/** What one entity's memory says about one event. */
import type { Behaviour, Told } from '../behaviours/behaviour.ts'
import type { EntityRef } from '../event.ts'
import type { Values } from '../features/feature.ts'

export interface Evidence {
  behaviour: Behaviour
  entity: EntityRef
  values: Values
  score: number
  maturity: number
  /** Written while the memory was as the event found it; only for what may become a reason. */
  told?: Told
}
