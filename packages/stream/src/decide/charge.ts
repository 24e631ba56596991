/** What of an event is held against each of those whom it counts for. */
import { type EntityRef, isSource } from '../event.ts'
import type { Case } from './case.ts'
import type { Contribution, Part } from './incident.ts'
import { type Voice, voicesOf } from './risk.ts'

export interface Charge {
  entity: EntityRef
  /** The event, with those of its parts that are held against the entity. */
  contribution: Contribution
  voices: Voice[]
}

/** Those of an event's entities against whom anything is held. */
export function chargesOf(event: Case): Charge[] {
  const charges: Charge[] = []
  for (const entity of event.entities) {
    const contribution = heldAgainst(entity, event)
    const voices = voicesOf(contribution)
    if (voices.length > 0) charges.push({ entity, contribution, voices })
  }
  return charges
}

/**
 * That an address guesses is no fault of those whom it guesses at, until one of them lets it in. And where many share an
 * address, or a network, it answers for what it does as a whole, not for what each of them does there.
 */
function heldAgainst({ type }: EntityRef, { contribution, crowded }: Case): Contribution {
  if (type === 'user' && contribution.failed) return only(contribution, ({ entity }) => !isSource(entity))
  if (type === 'network') return only(contribution, ({ entity }) => entity.type === 'network')
  if (type === 'address' && crowded) return only(contribution, ({ entity }) => isSource(entity))
  return contribution
}

const only = (contribution: Contribution, held: (part: Part) => boolean): Contribution => ({
  ...contribution,
  parts: contribution.parts.filter(held),
})
