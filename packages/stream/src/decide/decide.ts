/** The one sequenced place: risk of entities, incidents, budget. */
import type { EntityRef } from '../event.ts'
import type { Alert } from './alert.ts'
import { type BudgetState, startBudget, takeToken } from './budget.ts'
import { addContribution, alertOf, type Contribution, type Incident } from './incident.ts'
import { endDay, type LevelState, levelOf, noteRisk, startLevel } from './level.ts'
import { riskOf, type Voice, voicesOf, WINDOW_MS, withVoices } from './risk.ts'

/** An event as the decision sees it. */
export interface Case {
  contribution: Contribution
  /** Whom it counts for: the user, and the address unless many share it. The first wins where both weigh the same. */
  entities: EntityRef[]
  /** Where it came from: what one entity does from one network is one story. */
  network: string
}

export interface Decided {
  /** The largest risk among the event's entities, and whose it is. */
  risk: number
  entity: EntityRef
  alert?: string
  /** It joined a story that was open already. */
  joined: boolean
}

/** A story that may become an incident. */
interface Suspicion {
  voices: Voice[]
  /** The events of those voices. */
  contributions: Contribution[]
}

export interface DecideState {
  suspicions: Map<string, Suspicion>
  /** The same during warm-up, for what habits would have said: it teaches the level and raises nothing. */
  rehearsed: Map<string, Suspicion>
  incidents: Map<string, Incident>
  waiting: Incident[]
  level: LevelState
  budget: BudgetState
  raised: number
}

const QUIET_MS = 24 * 3_600_000

/** What the families of an event must be worth together to be a part of an open story. */
const WORTH_JOINING = 1.5

const keyOf = ({ type, id }: EntityRef): string => `${type}\n${id}`

export class Decider {
  private readonly state: DecideState
  private readonly perDay: number
  private readonly say: (alert: Alert) => void

  constructor(perDay: number, say: (alert: Alert) => void, saved?: DecideState) {
    this.perDay = perDay
    this.say = say
    this.state = saved ?? {
      suspicions: new Map(),
      rehearsed: new Map(),
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
    const entity = event.entities[0] as EntityRef
    const voices = voicesOf(event.contribution)
    if (voices.length === 0) return { risk: 0, entity, joined: false }
    const open = this.join(event, voices)
    if (open !== undefined) return { risk: open.risk, entity: open.entity, alert: open.id, joined: true }
    const suspect = this.suspect(this.state.suspicions, event, voices)
    noteRisk(this.state.level, keyOf(suspect.entity), suspect.risk)
    if (suspect.risk <= this.level) return { ...suspect, joined: false }
    return { ...suspect, alert: this.open(event, suspect.entity, suspect.risk).id, joined: false }
  }

  /** What an event of the warm-up would have weighed: it teaches the level and raises nothing. */
  rehearse(event: Case): void {
    const voices = voicesOf(event.contribution)
    if (voices.length === 0) return
    const { entity, risk } = this.suspect(this.state.rehearsed, event, voices)
    noteRisk(this.state.level, keyOf(entity), risk)
  }

  private suspect(
    suspicions: Map<string, Suspicion>,
    event: Case,
    voices: readonly Voice[],
  ): { risk: number; entity: EntityRef } {
    const { contribution, entities, network } = event
    let largest = { risk: -1, entity: entities[0] as EntityRef }
    for (const entity of entities) {
      const key = storyKey(entity, network)
      const before = suspicions.get(key) ?? { voices: [], contributions: [] }
      const kept = withVoices(before.voices, voices, contribution.time)
      const ordinals = new Set(kept.map(({ ordinal }) => ordinal))
      const contributions = [...before.contributions, contribution].filter(({ ordinal }) => ordinals.has(ordinal))
      suspicions.set(key, { voices: kept, contributions })
      const risk = riskOf(kept)
      if (risk > largest.risk + 1e-9) largest = { risk, entity }
    }
    return largest
  }

  /** Later events of an incident's entities from its network join it, free, if they say anything. */
  private join({ contribution, entities, network }: Case, voices: readonly Voice[]): Incident | undefined {
    const worth = voices.reduce((sum, voice) => sum + voice.worth, 0)
    if (worth < WORTH_JOINING) return undefined
    for (const entity of entities) {
      const incident = this.state.incidents.get(storyKey(entity, network))
      if (incident === undefined || contribution.time > incident.last + QUIET_MS) continue
      addContribution(incident, contribution)
      incident.voices = withVoices(incident.voices, voices, contribution.time)
      incident.risk = Math.max(incident.risk, riskOf(incident.voices))
      if (incident.state === 'raised') this.say(alertOf(incident, this.level))
      return incident
    }
    return undefined
  }

  private open(event: Case, entity: EntityRef, risk: number): Incident {
    const key = storyKey(entity, event.network)
    const story = this.state.suspicions.get(key) as Suspicion
    const incident: Incident = {
      id: `${entity.type}-${event.contribution.event}`,
      entity,
      opened: event.contribution.time,
      last: event.contribution.time,
      risk,
      state: 'waiting',
      voices: story.voices,
      contributions: [],
      events: [],
      total: 0,
      victims: [],
      victimsTotal: 0,
    }
    for (const contribution of story.contributions) addContribution(incident, contribution)
    for (const one of event.entities) {
      this.state.incidents.set(storyKey(one, event.network), incident)
      this.state.suspicions.delete(storyKey(one, event.network))
    }
    if (takeToken(this.state.budget, this.perDay, incident.opened)) this.raise(incident)
    else this.state.waiting.push(incident)
    return incident
  }

  private raise(incident: Incident): void {
    incident.state = 'raised'
    this.state.raised++
    this.say(alertOf(incident, this.level))
  }

  /** Time passed: tokens come, and what waits for one is raised, strongest first. */
  tick(time: number): void {
    const waiting = this.state.waiting
    waiting.sort((a, b) => b.risk - a.risk || (a.id < b.id ? -1 : 1))
    while (waiting.length > 0 && takeToken(this.state.budget, this.perDay, time))
      this.raise(waiting.shift() as Incident)
  }

  /** Midnight, UTC: what still waits is over budget, quiet incidents close, old suspicions fade. */
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
    for (const suspicions of [this.state.suspicions, this.state.rehearsed]) {
      for (const [key, { voices }] of suspicions) {
        if (voices.every((voice) => voice.time <= time - WINDOW_MS)) suspicions.delete(key)
      }
    }
  }

  endWarmup(): void {
    this.state.rehearsed.clear()
  }

  get raised(): number {
    return this.state.raised
  }

  save(): DecideState {
    return this.state
  }
}

const storyKey = (entity: EntityRef, network: string): string =>
  entity.type === 'user' ? `${keyOf(entity)}\n${network}` : keyOf(entity)
