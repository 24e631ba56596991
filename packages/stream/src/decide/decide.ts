/** The one sequenced place: risk of entities, incidents, budget. */
import type { EntityRef } from '../event.ts'
import type { Alert } from './alert.ts'
import { type BudgetState, startBudget, takeToken } from './budget.ts'
import { addContribution, alertOf, type Contribution, type Incident } from './incident.ts'
import { endDay, type LevelState, levelOf, noteRisk, startLevel } from './level.ts'
import { EVERYDAY, type Excess, riskOf, WINDOW_MS, withExcess } from './risk.ts'

/** An event as the decision sees it. */
export interface Case {
  contribution: Contribution
  /** Whom it counts for, with how much of its weight is about them: the user, and the address unless many share it. */
  entities: { entity: EntityRef; share: number }[]
}

export interface Decided {
  /** The largest risk among the event's entities, and whose it is. */
  risk: number
  entity: EntityRef
  alert?: string
}

interface Suspect {
  strongest: Excess[]
  contributions: Contribution[]
}

export interface DecideState {
  suspects: Map<string, Suspect>
  /** The same during warm-up, for what habits would have said: it teaches the level and raises nothing. */
  shadows: Map<string, Suspect>
  incidents: Map<string, Incident>
  waiting: Incident[]
  level: LevelState
  budget: BudgetState
  raised: number
}

const QUIET_MS = 24 * 3_600_000
/** An event that brings less than this share of a risk is no part of its story. */
const PART_OF_STORY = 0.1

const keyOf = ({ type, id }: EntityRef): string => `${type}\n${id}`

export class Decider {
  private readonly state: DecideState
  private readonly perDay: number
  private readonly say: (alert: Alert) => void

  constructor(perDay: number, say: (alert: Alert) => void, saved?: DecideState) {
    this.perDay = perDay
    this.say = say
    this.state = saved ?? {
      suspects: new Map(),
      shadows: new Map(),
      incidents: new Map(),
      waiting: [],
      level: startLevel(),
      budget: startBudget(),
      raised: 0,
    }
  }

  get level(): number {
    return levelOf(this.state.level)
  }

  /** Events come in the order of the log. */
  decide(event: Case): Decided {
    const { contribution, entities } = event
    const first = entities[0] as Case['entities'][number]
    const excess = contribution.surprise - EVERYDAY
    if (excess <= 0) return { risk: 0, entity: first.entity }
    const joined = this.join(event)
    if (joined !== undefined) return { risk: joined.risk, entity: joined.entity, alert: joined.id }
    const { risk, entity } = this.suspect(this.state.suspects, event, excess)
    noteRisk(this.state.level, risk)
    if (risk <= this.level) return { risk, entity }
    return { risk, entity, alert: this.open(event, entity, risk).id }
  }

  /** What an event of the warm-up would have weighed: it teaches the level and raises nothing. */
  rehearse(event: Case): void {
    const excess = event.contribution.surprise - EVERYDAY
    if (excess > 0) noteRisk(this.state.level, this.suspect(this.state.shadows, event, excess).risk)
  }

  private suspect(
    suspects: Map<string, Suspect>,
    { contribution, entities }: Case,
    excess: number,
  ): { risk: number; entity: EntityRef } {
    const most = Math.max(...entities.map(({ share }) => share))
    let largest = { risk: -1, entity: (entities[0] as Case['entities'][number]).entity }
    for (const { entity, share } of entities) {
      const part = most > 0 ? excess * (share / most) : excess
      if (part <= 0) continue
      const key = keyOf(entity)
      const known = suspects.get(key) ?? { strongest: [], contributions: [] }
      const strongest = withExcess(known.strongest, {
        ordinal: contribution.ordinal,
        time: contribution.time,
        excess: part,
      })
      const kept = new Set(strongest.map(({ ordinal }) => ordinal))
      const contributions = [...known.contributions, contribution].filter(({ ordinal }) => kept.has(ordinal))
      suspects.set(key, { strongest, contributions })
      const risk = riskOf(strongest)
      if (risk > largest.risk) largest = { risk, entity }
    }
    return largest
  }

  /** Later events of an incident's entities join it, free, if they tell the same kind of story. */
  private join({ contribution, entities }: Case): Incident | undefined {
    for (const { entity, share } of entities) {
      const incident = this.state.incidents.get(keyOf(entity))
      if (incident === undefined || contribution.time > incident.last + QUIET_MS) continue
      const main = strongestFamily(contribution)
      if (share <= 0 || !incident.families.includes(main)) continue
      addContribution(incident, contribution)
      incident.risk = Math.max(incident.risk, this.riskOfIncident(incident))
      if (incident.state === 'raised') this.say(alertOf(incident, this.level))
      return incident
    }
    return undefined
  }

  private riskOfIncident({ contributions }: Incident): number {
    return riskOf(contributions.map(({ ordinal, time, surprise }) => ({ ordinal, time, excess: surprise - EVERYDAY })))
  }

  private open(event: Case, entity: EntityRef, risk: number): Incident {
    const incident: Incident = {
      id: `${entity.type}-${event.contribution.event}`,
      entity,
      entities: [],
      families: [],
      opened: event.contribution.time,
      last: event.contribution.time,
      risk,
      state: 'waiting',
      contributions: [],
      events: [],
      total: 0,
      victims: [],
      victimsTotal: 0,
    }
    for (const contribution of this.storyOf(entity, risk)) addContribution(incident, contribution)
    incident.entities = event.entities.filter(({ share }) => share > 0).map((one) => one.entity)
    for (const one of incident.entities) this.state.incidents.set(keyOf(one), incident)
    this.state.suspects.delete(keyOf(entity))
    if (takeToken(this.state.budget, this.perDay, incident.opened)) this.raise(incident)
    else this.state.waiting.push(incident)
    return incident
  }

  /** In the order of the log. */
  private storyOf(entity: EntityRef, risk: number): Contribution[] {
    const suspect = this.state.suspects.get(keyOf(entity)) as Suspect
    let weight = 1
    const parts = new Set<number>()
    for (const { ordinal, excess } of suspect.strongest) {
      if (excess * weight >= PART_OF_STORY * risk) parts.add(ordinal)
      weight /= 2
    }
    return suspect.contributions.filter(({ ordinal }) => parts.has(ordinal)).sort((a, b) => a.ordinal - b.ordinal)
  }

  private raise(incident: Incident): void {
    incident.state = 'raised'
    this.state.raised++
    this.say(alertOf(incident, this.level))
  }

  /** Time passed: tokens come, quiet incidents close, old suspicions fade. */
  tick(time: number): void {
    const waiting = this.state.waiting
    waiting.sort((a, b) => b.risk - a.risk || (a.id < b.id ? -1 : 1))
    while (waiting.length > 0 && takeToken(this.state.budget, this.perDay, time))
      this.raise(waiting.shift() as Incident)
  }

  /** Midnight, UTC. */
  endDay(time: number, calibrated: boolean): void {
    endDay(this.state.level, calibrated)
    for (const incident of this.state.waiting) {
      incident.state = 'over_budget'
      this.say(alertOf(incident, this.level))
    }
    this.state.waiting = []
    for (const [key, incident] of this.state.incidents) {
      if (time > incident.last + QUIET_MS) this.state.incidents.delete(key)
    }
    for (const suspects of [this.state.suspects, this.state.shadows]) {
      for (const [key, { strongest }] of suspects) {
        if (strongest.every((excess) => excess.time <= time - WINDOW_MS)) suspects.delete(key)
      }
    }
  }

  endWarmup(): void {
    this.state.shadows.clear()
  }

  get raised(): number {
    return this.state.raised
  }

  save(): DecideState {
    return this.state
  }
}

/** The family that weighs most in an event. */
function strongestFamily({ parts }: Contribution): string {
  let strongest = parts[0]
  for (const part of parts) if (strongest === undefined || part.surprise > strongest.surprise) strongest = part
  return strongest?.family ?? ''
}
