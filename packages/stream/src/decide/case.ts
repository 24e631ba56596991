/** An event as the decision sees it: whom it counts for, and what it says, in words where it may become a reason. */
import { type EntityRef, isSource } from '../event.ts'
import type { Seen } from '../features/feature.ts'
import type { Weighed, Weight } from '../weigh/weigh.ts'
import type { Contribution } from './incident.ts'

export interface Case {
  contribution: Contribution
  /** Whom it counts for: the user, and the address and the network if they speak. The first wins of those that weigh the same. */
  entities: EntityRef[]
  /** Many people share the address. */
  crowded: boolean
  /** Where it came from: what one entity does from one network is one story. */
  network: string
  /** From inside: it may go on with what the same person began from outside. */
  inside: boolean
}

/** From this many people on an address says nothing about any one of them. */
const CROWD = 10
/** An address has a story of its own from this surprise on: else it is only where a person was. */
const SPEAKS = 4

/** @param ordinal the event's number in the log */
export function caseOf(seen: Seen, weighed: Weighed, ordinal: number, tenant: string): Case {
  const { event } = seen
  const { weights, whole, vouch } = weighed
  const contribution: Contribution = {
    event: event.id,
    position: event.position,
    ordinal,
    time: event.time,
    surprise: whole.surprise,
    modelled: whole.modelled,
    vouch,
    failed: event.status === 'failure',
    user: seen.stranger ? '' : seen.account,
    parts: [],
  }
  for (const { evidence, surprise: weight } of weights) {
    if (weight <= 0 || evidence.told === undefined) continue
    const { id, family, title, techniques } = evidence.behaviour
    contribution.parts.push({
      behaviour: id,
      title,
      family,
      entity: evidence.entity,
      techniques,
      surprise: weight,
      ...evidence.told,
    })
  }
  return {
    contribution,
    entities: entitiesOf(seen, weights, tenant),
    crowded: seen.addressHolders >= CROWD,
    network: seen.network ?? '',
    inside: seen.inside,
  }
}

/** Whom an event counts for; a host, or everybody, where it is about nobody. */
function entitiesOf(
  { event, context, account, stranger }: Seen,
  weights: readonly Weight[],
  tenant: string,
): EntityRef[] {
  const entities: EntityRef[] = []
  const speaking = weights.filter(({ evidence, surprise }) => isSource(evidence.entity) && surprise > SPEAKS)
  const address = stranger || speaking.length > 0 ? context.place?.address : undefined
  const network = speaking.find(({ evidence }) => evidence.entity.type === 'network')?.evidence.entity
  if (!stranger && account !== '') entities.push({ type: 'user', id: account })
  if (address !== undefined) entities.push({ type: 'address', id: address })
  if (network !== undefined) entities.push(network)
  if (entities.length > 0) return entities
  const host = event.dstEndpoint?.hostname ?? event.dstEndpoint?.ip
  return [host === undefined ? { type: 'organisation', id: tenant } : { type: 'host', id: host }]
}
