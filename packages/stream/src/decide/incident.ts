/** An incident: the events of one story, under the entity that weighs most. What a person reads of it is an alert. */
import type { Family } from '../behaviours/behaviour.ts'
import { type EntityRef, isSource } from '../event.ts'
import type { Vouch } from '../features/feature.ts'
import { logEvidence } from '../weigh/e-value.ts'
import type { Alert, Reason, Severity } from './alert.ts'
import { riskOf, type Voice, weighVoices, withVoices } from './risk.ts'

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
  /** Place of its line in the log. */
  position: number
  ordinal: number
  time: number
  /** −ln p of the event. */
  surprise: number
  modelled: boolean
  failed: boolean
  vouch: Vouch
  user: string
  parts: Part[]
}

export interface Incident {
  id: string
  entity: EntityRef
  /** The level that it rose above: it stays as severe as that made it, whatever later days are like. */
  level: number
  /** The networks of its story. */
  places: string[]
  opened: number
  last: number
  /** The highest so far. */
  risk: number
  state: 'waiting' | 'raised' | 'over_budget'
  /** What is said in the sitting that goes on, and what was said when the risk was highest. */
  voices: Voice[]
  strongest: Voice[]
  /** The events of both, in the order of the log. */
  contributions: Contribution[]
  /** −ln of the smallest p of its events. */
  surprise: number
  modelled: boolean
  events: string[]
  /** Places in the log, one for each of `events`. */
  positions: number[]
  total: number
  victims: string[]
}

/** What is appended to is copied; the rest is replaced when it changes. */
export const copyIncident = (incident: Incident): Incident => ({
  ...incident,
  events: [...incident.events],
  positions: [...incident.positions],
  victims: [...incident.victims],
})

const LISTED = 50
/** So many victims are told apart; beyond, their number is at least this. */
const VICTIMS = 1000
/** Reasons that weigh less than this say nothing. */
const WORTH_SAYING = 0.1

/** An event joins: it is cited, and what it says is told with the rest of its sitting. */
export function joinEvent(incident: Incident, added: Contribution, voices: readonly Voice[]): void {
  cite(incident, added)
  incident.voices = withVoices(incident.voices, voices, added.time)
  const risk = riskOf(incident.voices)
  if (risk >= incident.risk) {
    incident.risk = risk
    incident.strongest = incident.voices
  }
  const told = new Set([...incident.voices, ...incident.strongest].map(({ ordinal }) => ordinal))
  incident.contributions = [...incident.contributions, added].filter(({ ordinal }) => told.has(ordinal))
}

export function cite(incident: Incident, { event, position, time, surprise, modelled, user }: Contribution): void {
  incident.total++
  if (incident.events.length < LISTED) {
    incident.events.push(event)
    incident.positions.push(position)
  }
  incident.last = Math.max(incident.last, time)
  if (surprise > incident.surprise) {
    incident.surprise = surprise
    incident.modelled = modelled
  }
  if (user !== '' && incident.victims.length < VICTIMS && !incident.victims.includes(user)) incident.victims.push(user)
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

/** What each behaviour weighs in a story: a voice is shared by those of its family who said it. They add up to the risk. */
function weightsOf({ strongest, contributions }: Incident): Map<string, number> {
  const events = new Map(contributions.map((one) => [one.ordinal, one]))
  const weights = new Map<string, number>()
  for (const { voice, weight } of weighVoices(strongest)) {
    const said = events.get(voice.ordinal)
    const parts = said?.parts.filter(({ family }) => family === voice.family) ?? []
    const shares = sharesOf(
      parts.map(({ family, surprise }) => logEvidence(family, surprise, (said as Contribution).vouch)),
    )
    const whole = shares.reduce((sum, share) => sum + share, 0)
    parts.forEach(({ behaviour }, i) => {
      if (whole > 0) weights.set(behaviour, (weights.get(behaviour) ?? 0) + (weight * (shares[i] as number)) / whole)
    })
  }
  return weights
}

/** Each behaviour once, in its strongest words. */
function reasonsOf(incident: Incident): Reason[] {
  const words = new Map<string, Part>()
  for (const part of incident.contributions.flatMap(({ parts }) => parts)) {
    if (part.surprise > (words.get(part.behaviour)?.surprise ?? 0)) words.set(part.behaviour, part)
  }
  const reasons: Reason[] = []
  for (const [behaviour, weight] of weightsOf(incident)) {
    if (weight < WORTH_SAYING) continue
    const { text, title, family, entity, observed, expected, normal } = words.get(behaviour) as Part
    reasons.push({ text, behaviour, title, family, entity, observed, expected, normal, weight })
  }
  return reasons.sort((a, b) => b.weight - a.weight || (a.behaviour < b.behaviour ? -1 : 1))
}

function severityOf({ risk, level }: Incident): Severity {
  const times = risk / Math.max(level, 1)
  if (times >= 4) return 'critical'
  if (times >= 2.5) return 'high'
  return times >= 1.5 ? 'medium' : 'low'
}

export function alertOf(incident: Incident): Alert {
  const reasons = reasonsOf(incident)
  const parts = incident.contributions.flatMap((contribution) => contribution.parts)
  const cited = citedOf(incident)
  const named = new Set(reasons.map((reason) => reason.behaviour))
  const victims = isSource(incident.entity) ? incident.victims : []
  const techniques = [...new Set(parts.filter((part) => named.has(part.behaviour)).flatMap((part) => part.techniques))]
  return {
    id: incident.id,
    time: incident.opened,
    lastTime: incident.last,
    entity: incident.entity,
    severity: severityOf(incident),
    risk: incident.risk,
    pValue: Math.exp(-incident.surprise),
    modelled: incident.modelled,
    title: titleOf(reasons, parts),
    reasons,
    events: cited.map(({ event }) => event),
    positions: cited.map(({ position }) => position),
    eventsTotal: incident.total,
    techniques: techniques.sort(),
    victims: victims.slice(0, LISTED).map((id) => ({ type: 'user', id })),
    victimsTotal: victims.length,
    state: incident.state === 'over_budget' ? 'over_budget' : 'raised',
  }
}

/** The first, and those that the reasons come from wherever they stand; of too many those that the risk comes from. */
function citedOf({ events, positions, contributions, strongest }: Incident): { event: string; position: number }[] {
  const listed = new Set(events)
  const first = events.map((event, i) => ({ event, position: positions[i] as number }))
  const ofRisk = new Set(strongest.map(({ ordinal }) => ordinal))
  const rank = ({ ordinal }: Contribution) => (ofRisk.has(ordinal) ? 0 : 1)
  const told = contributions
    .filter(({ event }) => !listed.has(event))
    .sort((a, b) => rank(a) - rank(b) || b.ordinal - a.ordinal)
    .slice(0, LISTED / 2)
    .sort((a, b) => a.ordinal - b.ordinal)
  return [...first.slice(0, LISTED - told.length), ...told.map(({ event, position }) => ({ event, position }))]
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
