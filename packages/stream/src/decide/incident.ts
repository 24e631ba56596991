/** An incident: the events of one story, under the entity that weighs most. What a person reads of it is an alert. */
import type { Family } from '../behaviours/behaviour.ts'
import type { EntityRef } from '../event.ts'
import type { Vouch } from '../features/feature.ts'
import { logEvidence } from '../weigh/e-value.ts'
import type { Alert, Reason, Severity } from './alert.ts'
import type { Voice } from './risk.ts'

/** What one behaviour weighed in one event. */
export interface Part {
  behaviour: string
  title: string
  family: Family
  entity: EntityRef
  techniques: readonly string[]
  surprise: number
  text: string
  observed: string
  expected: string
  normal: string
  another?: string
}

/** An event that an incident holds. */
export interface Contribution {
  event: string
  ordinal: number
  position: number
  time: number
  /** −ln p of the event. */
  surprise: number
  modelled: boolean
  /** Before calibration, and what it was compared with: to weigh again what would have been without some parts. */
  sum: number
  kind: string
  failed: boolean
  vouch: Vouch
  user: string
  parts: Part[]
}

export interface Incident {
  id: string
  entity: EntityRef
  /** The network of its story; empty for an address. */
  place: string
  opened: number
  last: number
  risk: number
  state: 'waiting' | 'raised' | 'over_budget'
  /** What its risk is made of. */
  voices: Voice[]
  /** The strongest, at most KEPT. */
  contributions: Contribution[]
  events: string[]
  total: number
  victims: string[]
  victimsTotal: number
}

const KEPT = 12
const LISTED = 50
/** Reasons that weigh less than this say nothing. */
const WORTH_SAYING = 0.1

export function addContribution(incident: Incident, added: Contribution): void {
  incident.total++
  if (incident.events.length < LISTED) incident.events.push(added.event)
  incident.last = Math.max(incident.last, added.time)
  incident.contributions.push(added)
  incident.contributions.sort((a, b) => b.surprise - a.surprise || a.ordinal - b.ordinal)
  incident.contributions.length = Math.min(KEPT, incident.contributions.length)
  if (added.user !== '' && !incident.victims.includes(added.user)) {
    incident.victimsTotal++
    if (incident.victims.length < LISTED) incident.victims.push(added.user)
  }
}

/**
 * The shares of members in their family's largest surprise: the Shapley value of a maximum (Littlechild and Owen 1973,
 * "A simple expression for the Shapley value in a special case"): the i-th step of the stairs is shared by all who reach it.
 */
export function sharesOf(surprises: readonly number[]): number[] {
  const order = surprises.map((_, i) => i).sort((a, b) => (surprises[a] as number) - (surprises[b] as number) || a - b)
  const shares = new Array<number>(surprises.length).fill(0)
  let share = 0
  let step = 0
  order.forEach((member, rank) => {
    const height = Math.max(0, surprises[member] as number)
    share += (height - step) / (order.length - rank)
    step = height
    shares[member] = share
  })
  return shares
}

/** What each part weighs in an event: its share of what its family is worth. */
export function weightsOf({ parts, vouch }: Contribution): number[] {
  const weights = new Array<number>(parts.length).fill(0)
  for (const family of new Set(parts.map((part) => part.family))) {
    const members = parts.map((_, i) => i).filter((i) => parts[i]?.family === family)
    const shares = sharesOf(members.map((i) => logEvidence(family, parts[i]?.surprise ?? 0, vouch)))
    members.forEach((member, rank) => {
      weights[member] = shares[rank] as number
    })
  }
  return weights
}

/** Reasons over all events of an incident: each behaviour once, in its strongest words. */
export function reasonsOf(incident: Incident): Reason[] {
  const reasons = new Map<string, Reason & { strongest: number }>()
  let share = 1
  for (const contribution of incident.contributions) {
    const weights = weightsOf(contribution)
    contribution.parts.forEach((part, i) => {
      const weight = share * (weights[i] as number)
      const known = reasons.get(part.behaviour)
      const strongest = Math.max(known?.strongest ?? 0, part.surprise)
      if (known !== undefined && known.strongest >= part.surprise) known.weight += weight
      else {
        const { text, behaviour, family, entity, observed, expected, normal } = part
        reasons.set(behaviour, {
          text,
          behaviour,
          family,
          entity,
          observed,
          expected,
          normal,
          weight: weight + (known?.weight ?? 0),
          strongest,
        })
      }
    })
    share /= 2
  }
  return [...reasons.values()]
    .filter(({ weight }) => weight >= WORTH_SAYING)
    .sort((a, b) => b.weight - a.weight || (a.behaviour < b.behaviour ? -1 : 1))
    .map(({ strongest: _, ...reason }) => reason)
}

export function severityOf(risk: number, level: number): Severity {
  const times = risk / Math.max(level, 1)
  if (times >= 4) return 'critical'
  if (times >= 2.5) return 'high'
  return times >= 1.5 ? 'medium' : 'low'
}

export function alertOf(incident: Incident, level: number): Alert {
  const reasons = reasonsOf(incident)
  const strongest = incident.contributions[0] as Contribution
  const parts = incident.contributions.flatMap((contribution) => contribution.parts)
  const named = new Set(reasons.map((reason) => reason.behaviour))
  const techniques = [...new Set(parts.filter((part) => named.has(part.behaviour)).flatMap((part) => part.techniques))]
  return {
    id: incident.id,
    time: incident.opened,
    lastTime: incident.last,
    entity: incident.entity,
    severity: severityOf(incident.risk, level),
    risk: incident.risk,
    pValue: Math.exp(-strongest.surprise),
    modelled: strongest.modelled,
    title: titleOf(reasons, parts),
    reasons,
    events: incident.events,
    eventsTotal: incident.total,
    techniques: techniques.sort(),
    victims: incident.entity.type === 'address' ? incident.victims.map((id) => ({ type: 'user', id })) : [],
    victimsTotal: incident.entity.type === 'address' ? incident.victimsTotal : 0,
    state: incident.state === 'over_budget' ? 'over_budget' : 'raised',
  }
}

function titleOf(reasons: readonly Reason[], parts: readonly Part[]): string {
  const titles = new Map(parts.map((part) => [part.behaviour, part.title]))
  const [first, second] = reasons
  if (first === undefined) return 'Unusual activity'
  const other = second !== undefined && second.family !== first.family && second.weight > 1 ? second : undefined
  const title = titles.get(first.behaviour) ?? first.behaviour
  return other === undefined ? title : `${title}, ${lowerFirst(titles.get(other.behaviour) ?? other.behaviour)}`
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
