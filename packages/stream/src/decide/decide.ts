/** The one sequenced place: risk of entities, incidents, budget. */
import { type EntityRef, isSource } from '../event.ts'
import { alertId } from '../identity.ts'
import { freezeMap } from '../memory/freeze-map.ts'
import { type Frozen, thaw } from '../memory/pending.ts'
import type { Alert } from './alert.ts'
import { type BudgetState, startBudget, takeToken } from './budget.ts'
import type { Case } from './case.ts'
import { type Charge, chargesOf } from './charge.ts'
import { alertOf, cite, copyIncident, type Incident, joinEvent } from './incident.ts'
import { copyLevel, endDay, FIRST_LEVEL, innocentsADay, type LevelState, noteRisk, startLevel } from './level.ts'
import { riskOf, SITTING_MS } from './risk.ts'
import {
  contributionsOf,
  dropStories,
  forgetSilent,
  forgetSuspicions,
  keyOf,
  noteSuspicion,
  type Suspicion,
  type Suspicions,
} from './suspicion.ts'

export interface Decided {
  /** The largest risk among the event's entities, and whose it is. */
  risk: number
  entity: EntityRef
  alert?: string
  /** The events that the alert holds since this one came: those that led to it too, where it opened. */
  events: readonly { user: string; event: string }[]
  /** It joined a story that was open already. */
  joined: boolean
}

const NO_EVENTS: Decided['events'] = []

interface Suspect {
  entity: EntityRef
  risk: number
  story: Suspicion
}

export interface DecideState {
  suspicions: Suspicions
  /** The same during warm-up, for what habits would have said: it teaches the level and raises nothing. */
  rehearsed: Suspicions
  /** Open ones, by entity. */
  incidents: Map<string, Incident[]>
  waiting: Incident[]
  level: LevelState
  budget: BudgetState
}

const QUIET_MS = 24 * 3_600_000
/** What the families of an event must be worth together to be a part of an open story. */
const WORTH_JOINING = 1.5

const startDeciding = (): DecideState => ({
  suspicions: new Map(),
  rehearsed: new Map(),
  incidents: new Map(),
  waiting: [],
  level: startLevel(),
  budget: startBudget(),
})

export class Decider {
  private readonly state: DecideState
  private readonly perDay: number
  private readonly say: (alert: Alert) => void

  constructor(perDay: number, say: (alert: Alert) => void, saved?: DecideState) {
    this.perDay = perDay
    this.say = say
    this.state = saved ?? startDeciding()
    shareIncidents(this.state)
  }

  get level(): number {
    return this.state.level.level
  }

  /** Events come in the order of the log. During warm-up only what needs no habit speaks, at the first level. */
  decide(event: Case, warming: boolean): Decided {
    const charges = chargesOf(event)
    if (charges.length === 0)
      return { risk: 0, entity: event.entities[0] as EntityRef, events: NO_EVENTS, joined: false }
    const open = this.join(event, charges)
    if (open !== undefined)
      return { risk: open.risk, entity: open.entity, alert: open.id, events: [event.contribution], joined: true }
    const suspect = this.suspect(this.state.suspicions, event, charges)
    const { entity, risk } = suspect
    const level = warming ? FIRST_LEVEL : this.level
    if (risk <= level) return { risk, entity, events: NO_EVENTS, joined: false }
    const { id, contributions } = this.open(event, suspect, level)
    return { risk, entity, alert: id, events: contributions, joined: false }
  }

  /** What an event of the warm-up would have weighed: it teaches the level and raises nothing. */
  rehearse(event: Case): void {
    const charges = chargesOf(event)
    if (charges.length > 0) this.suspect(this.state.rehearsed, event, charges)
  }

  /** The entity of an event that weighs most. */
  private suspect(suspicions: Suspicions, event: Case, charges: readonly Charge[]): Suspect {
    const suspects = charges.map((charge): Suspect => {
      const story = noteSuspicion(suspicions, charge, event)
      return { entity: charge.entity, risk: riskOf(story.voices), story }
    })
    const most = suspects.reduce((best, one) => (one.risk > best.risk + 1e-9 ? one : best))
    noteRisk(this.state.level, keyOf(most.entity), most.risk)
    return most
  }

  /**
   * Later events of an incident's entities, of a person only those from its networks, join it, free, if they say anything.
   * One that was over budget yesterday and has grown since is worth a token of today.
   */
  private join(event: Case, charges: readonly Charge[]): Incident | undefined {
    for (const { entity, contribution, voices } of charges) {
      if (voices.reduce((sum, voice) => sum + voice.worth, 0) < WORTH_JOINING) continue
      const incident = this.openIncident(entity, event)
      if (incident === undefined) continue
      const before = incident.risk
      joinEvent(incident, contribution, voices)
      if (incident.state === 'over_budget' && incident.risk > before && this.spend(contribution.time))
        incident.state = 'raised'
      noteRisk(this.state.level, keyOf(incident.entity), incident.risk)
      if (incident.state !== 'waiting') this.say(alertOf(incident))
      return incident
    }
    return undefined
  }

  private openIncident(entity: EntityRef, { contribution: { time }, network, inside }: Case): Incident | undefined {
    return this.state.incidents.get(keyOf(entity))?.find(({ last, places }) => {
      if (time > last + QUIET_MS) return false
      return entity.type !== 'user' || places.includes(network) || (inside && time <= last + SITTING_MS)
    })
  }

  private open({ contribution, entities, crowded }: Case, { entity, risk, story }: Suspect, level: number): Incident {
    const incident: Incident = {
      id: alertId(entity, contribution.event, contribution.time),
      entity,
      level,
      places: story.places,
      opened: contribution.time,
      last: contribution.time,
      risk,
      state: 'waiting',
      voices: story.voices,
      strongest: story.voices,
      contributions: contributionsOf(story),
      surprise: 0,
      modelled: false,
      events: [],
      positions: [],
      total: 0,
      victims: [],
    }
    for (const part of incident.contributions) cite(incident, part)
    // What one of many at an address did is not the others', nor is what all of them did the doing of one.
    const together = crowded ? entities.filter((one) => isSource(one) === isSource(entity)) : entities
    for (const one of together) {
      this.state.incidents.set(keyOf(one), [...(this.state.incidents.get(keyOf(one)) ?? []), incident])
      dropStories(this.state.suspicions, one, story.places)
    }
    if (this.spend(incident.opened)) this.raise(incident)
    else this.state.waiting.push(incident)
    return incident
  }

  private raise(incident: Incident): void {
    incident.state = 'raised'
    this.say(alertOf(incident))
  }

  /** A token of that day, where one has come. */
  private spend(time: number): boolean {
    return takeToken(this.state.budget, this.perDay, time)
  }

  /** Time passed: tokens come, and what waits for one is raised, strongest first; silent suspicions fade. */
  tick(time: number): void {
    forgetSilent(this.state.suspicions, time - SITTING_MS)
    forgetSilent(this.state.rehearsed, time - SITTING_MS)
    const waiting = this.state.waiting
    waiting.sort((a, b) => b.risk - a.risk || (a.id < b.id ? -1 : 1))
    while (waiting.length > 0 && this.spend(time)) this.raise(waiting.shift() as Incident)
  }

  /** Midnight, UTC: what still waits is over budget, quiet incidents close, suspicions fade that were kept behind others. */
  endDay(time: number, calibrated: boolean, people: number): void {
    endDay(this.state.level, calibrated, innocentsADay(this.perDay, people))
    for (const incident of this.state.waiting) {
      incident.state = 'over_budget'
      this.say(alertOf(incident))
    }
    this.state.waiting = []
    for (const [key, incidents] of this.state.incidents) {
      const open = incidents.filter(({ last }) => time <= last + QUIET_MS)
      if (open.length === 0) this.state.incidents.delete(key)
      else this.state.incidents.set(key, open)
    }
    forgetSuspicions(this.state.suspicions, time - SITTING_MS)
    forgetSuspicions(this.state.rehearsed, time - SITTING_MS)
  }

  endWarmup(): void {
    this.state.rehearsed.clear()
  }

  /** All of it as it is now. */
  freeze(): Frozen<DecideState> {
    const { incidents, waiting, level, budget } = this.state
    const suspicions = freezeMap(this.state.suspicions)
    const rehearsed = freezeMap(this.state.rehearsed)
    const others = {
      incidents: new Map([...incidents].map(([key, held]) => [key, held.map(copyIncident)])),
      waiting: waiting.map(copyIncident),
      level: copyLevel(level),
      budget: { ...budget },
    }
    return {
      step: () => suspicions.step() || rehearsed.step(),
      state: () => ({ suspicions: suspicions.state(), rehearsed: rehearsed.state(), ...others }),
    }
  }

  save(): DecideState {
    return thaw(this.freeze())
  }
}

/** Saved data has no sharing: an incident that several entities have, or that waits, becomes one again. */
function shareIncidents({ incidents, waiting }: DecideState): void {
  const known = new Map<string, Incident>()
  const shared = (incident: Incident): Incident => {
    const first = known.get(incident.id) ?? incident
    known.set(incident.id, first)
    return first
  }
  for (const [key, held] of incidents) incidents.set(key, held.map(shared))
  waiting.forEach((incident, i) => {
    waiting[i] = shared(incident)
  })
}
