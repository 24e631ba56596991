/** What every part of a simulation is handed: the organisation, its days, and the stream that it all comes from. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Organisation } from './people/organisation.ts'

export interface World {
  random: Random
  organisation: Organisation
  /** First and last simulated calendar day. */
  firstDay: number
  lastDay: number
  /** First day on which attacks may begin. */
  teachUntil: number
}
