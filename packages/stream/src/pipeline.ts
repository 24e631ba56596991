/**
 * The journey of one event, top to bottom: parse → enrich → observe → weigh → decide → explain → learn. A fold over the
 * log: the same records give the same conclusions, after a crash, in a back-test, cut anywhere.
 */
import type { Plain } from '@heedful/detect/contracts/plain'
import type { Alert, DeadLetter, Verdict } from './decide/alert.ts'
import { type Case, caseOf } from './decide/case.ts'
import { type Decided, Decider } from './decide/decide.ts'
import { enrich } from './enrich/enrich.ts'
import type { Lookup } from './enrich/lookup.ts'
import type { EntityRef, Event } from './event.ts'
import type { Seen } from './features/feature.ts'
import { features } from './features/registry.ts'
import { FEATURES, FOLD_VERSION, type FoldMemory, type FoldState, refuseOther } from './fold-memory.ts'
import { drawOf, lineId, strangerId } from './identity.ts'
import type { Door, LogRecord, RawRecord } from './log.ts'
import { Around } from './memory/around.ts'
import { Entities } from './memory/entities.ts'
import { finish } from './memory/finish.ts'
import { freezeMap } from './memory/freeze-map.ts'
import { type Frozen, thaw } from './memory/pending.ts'
import { RecentIds } from './memory/recent-ids.ts'
import { learn, note, observe, type Subject, see } from './observe.ts'
import { changePeers, forgetPerson } from './peers.ts'
import { type Portrait, portraitOf } from './portrait.ts'
import { DEFAULT_CAPACITY, type Settings } from './settings.ts'
import { sources } from './sources/registry.ts'
import type { Parser, ParserState } from './sources/source.ts'
import { type Lesson, Teacher, UNTRUSTED } from './teach.ts'
import type { Evidence } from './weigh/evidence.ts'
import { holderOfPlace } from './weigh/owner.ts'
import { type Weighed, Weigher } from './weigh/weigh.ts'

/** An entity that is remembered, and the peers that it is counted among: '' for everybody. */
export interface Touched {
  readonly ref: EntityRef
  readonly entity: { readonly group: string }
}

/** What a step concluded. The same log gives the same conclusions, in the same order. */
export interface Conclusions {
  /** `touched`: whose memories the event met; they go on changing. */
  verdict?(verdict: Verdict, event: Event, touched: readonly Touched[]): void
  /** Raised the first time, and again whenever it changed (same id), each a value that stays. The last one said counts. */
  alert?(alert: Alert): void
  deadLetter?(letter: DeadLetter): void
  /** A line that was understood but is no event of its own. */
  absorbed?(why: string): void
}

export interface Summary {
  users: number
  hosts: number
  addresses: number
  events: number
  strangers: number
}

export interface Fold {
  /** Folds one record in. `position` is its place in the log. */
  step(record: LogRecord, position: number): void
  /** The same in small steps, so that its owner can turn to others between them; nothing else may be folded in until it ends. */
  stepping(record: LogRecord, position: number): Generator<void>
  /**
   * All memory as it is now, as plain data; a fold opened from it goes on as if it had never stopped. It is taken down in
   * steps, whatever is folded in between them.
   */
  freeze(): Frozen<FoldMemory>
  /** The same at once. */
  save(): FoldMemory
  summary(): Summary
  /** What is usual for an entity; undefined where nothing is remembered of it. Changes nothing. */
  portrait(entity: EntityRef): Portrait | undefined
  /** The risk above which a story becomes an alert. */
  readonly level: number
}

const DAY_MS = 86_400_000
const STRANGERS = 200_000
/** So many of those who are awake are looked at with each event: it wakes at most half as many, and each has two chances. */
const LOOKED_AT = 12
/** From this share of the level on a story may be an attack: its scores would make the next one look usual. */
const NEAR = 0.85

/** Throws where `saved` is the memory of another build: the log gives it anew. */
export function openFold(settings: Settings, lookup: Lookup, conclusions: Conclusions, saved?: FoldMemory): Fold {
  if (saved !== undefined) refuseOther(saved.rest as unknown as Partial<FoldState>)
  return new Journey(settings, lookup, conclusions, saved)
}

/** An account that locked itself did nothing. */
const locksItself = ({ activity, actor }: Event): boolean => activity === 'lock' && actor === undefined

class Journey implements Fold {
  private readonly settings: Settings
  private readonly lookup: Lookup
  private readonly conclusions: Conclusions
  private readonly entities: Entities
  private readonly around: Around
  private readonly weigher: Weigher
  private readonly decider: Decider
  private readonly teacher: Teacher
  private readonly doors = new Map<number, { door: Door; parser: Parser }>()
  private readonly strangers: Map<string, number>
  private readonly recent: RecentIds
  private events: number
  private time: number

  constructor(settings: Settings, lookup: Lookup, conclusions: Conclusions, memory: FoldMemory | undefined) {
    const saved = memory?.rest as unknown as FoldState | undefined
    this.settings = settings
    this.lookup = lookup
    this.conclusions = conclusions
    this.entities = new Entities(settings.tenant, settings.shards, features, {
      ...DEFAULT_CAPACITY,
      ...settings.capacity,
    })
    if (saved !== undefined)
      this.entities.load({ packer: saved.packer, parts: memory?.parts ?? [], awake: saved.awake })
    this.around = new Around(saved?.around)
    this.weigher = new Weigher(saved?.weigher)
    this.decider = new Decider(settings.budgetPerDay, (alert) => conclusions.alert?.(alert), saved?.decider)
    this.teacher = new Teacher(saved?.teacher)
    for (const [id, { door, parser }] of saved?.doors ?? []) this.openDoor(Number(id), door, parser)
    this.strangers = saved?.strangers ?? new Map()
    this.recent = new RecentIds(saved?.recent)
    this.events = saved?.events ?? 0
    this.time = saved?.time ?? Number.NEGATIVE_INFINITY
  }

  *stepping(record: LogRecord, position: number): Generator<void> {
    // Nothing else takes long.
    if (record.kind === 'tick') yield* this.tick(record.time)
    else this.step(record, position)
  }

  step(record: LogRecord, position: number): void {
    switch (record.kind) {
      case 'raw':
        return this.parse(record, position)
      case 'tick':
        return finish(this.tick(record.time))
      case 'activate':
        if (record.what === 'door') {
          const door = JSON.parse(record.content) as Door
          this.openDoor(door.door, door)
        }
        return
      case 'feedback':
        return this.teacher.judge(record.alert, record.label)
      case 'answer':
        return
      default:
        record satisfies never
    }
  }

  private openDoor(id: number, door: Door, state?: ParserState): void {
    const source = sources.get(door.format)
    if (source === undefined) throw new Error(`door ${door.name}: no source is called "${door.format}"`)
    this.doors.set(id, { door, parser: source.open(door, state) })
  }

  private parse(record: RawRecord, position: number): void {
    const { line, door } = record
    const open = this.doors.get(door)
    let asked = ''
    const id = () => {
      asked ||= lineId(open?.door.name ?? '', line, record.occurrence)
      return asked
    }
    const refuse = (reason: string, detail: string) =>
      this.conclusions.deadLetter?.({ id: id(), door, position, reason, detail, line })
    if (record.refused !== undefined) return refuse(record.refused, record.refused)
    if (open === undefined) return refuse('unknown_door', `no door ${door} was opened before this line`)
    const parsed = open.parser.parse(line, record.time, id, position)
    if (parsed.kind === 'refused') return refuse(parsed.reason, parsed.detail)
    if (parsed.kind === 'absorbed') this.conclusions.absorbed?.(parsed.why)
    else for (const event of parsed.events) this.admit(door, event, asked)
  }

  /**
   * An id that a source gave names one event of its door: delivered again, it is no second one. `line`: the line's id, where
   * one was asked.
   */
  private admit(door: number, event: Event, line: string): void {
    if ((line !== '' && event.id.startsWith(line)) || this.recent.isNew(door, event.id)) this.journey(event)
    else this.conclusions.absorbed?.('repeated')
  }

  /** The journey of one event. */
  private journey(event: Event): void {
    this.events++
    const seen = this.see(event)
    const subjects = this.subjectsOf(seen)
    const { evidence, captured, vouch } = observe(this.entities, subjects, seen, this.around, (one) =>
      this.weigher.surpriseOf(one),
    )
    note(this.entities, subjects, seen)
    const weighed = this.weigher.weigh(seen, evidence, vouch, true)
    this.weigher.note(weighed)
    const { joined, risk, alert, events } = this.decide(seen, weighed, evidence, subjects)
    if (!joined) this.collect(seen, weighed, evidence, risk < NEAR * this.decider.level)
    this.teach(seen, weighed, { seen, subjects: subjects.map(({ ref }) => ref), captured })
    if (alert !== undefined) this.teacher.cite(alert, events)
    this.entities.rest(LOOKED_AT)
  }

  private see(event: Event): Seen {
    const context = enrich(event, this.lookup)
    const name = event.actor?.name ?? event.user?.name
    const known = name !== undefined && this.entities.find('user', name) !== undefined
    const stranger = name !== undefined && !known && (event.status !== 'success' || locksItself(event))
    const account = name === undefined ? '' : stranger ? strangerId(this.settings.tenant, name) : name
    if (stranger && (this.strangers.size < STRANGERS || this.strangers.has(account))) {
      this.strangers.set(account, (this.strangers.get(account) ?? 0) + event.count)
    } else if (!stranger && !known && name !== undefined && this.strangers.size > 0)
      this.strangers.delete(strangerId(this.settings.tenant, name))
    return see(event, context, this.around, account, stranger)
  }

  /** Whose memory an event touches: a name that never logged in has none, nor has a host that nobody reached. */
  private subjectsOf(seen: Seen): Subject[] {
    const { event, account, stranger } = seen
    const subjects: Subject[] = []
    const add = (type: EntityRef['type'], id: string | undefined, start: boolean) => {
      if (id === undefined || id === '') return
      const entity = start ? this.entities.touch(type, id, event.time) : this.entities.find(type, id)
      if (entity !== undefined) subjects.push({ ref: { type, id }, entity })
    }
    if (event.activity === 'logoff' || event.class === 'other' || locksItself(event)) return subjects
    if (!stranger) add('user', account, true)
    add('host', event.dstEndpoint?.hostname ?? event.dstEndpoint?.ip, event.status === 'success' && account !== '')
    add('address', holderOfPlace(seen), event.class === 'authentication')
    if (!seen.inside) add('network', seen.network, event.class === 'authentication')
    const person = subjects[0]
    const department = (event.actor ?? event.user)?.department
    if (person?.ref.type === 'user' && department !== undefined && person.entity.group !== department)
      changePeers(this.entities, person.entity, department, this.around)
    return subjects
  }

  private decide(seen: Seen, weighed: Weighed, evidence: Evidence[], touched: readonly Touched[]): Decided {
    const { event } = seen
    const warming = event.time < this.settings.warmupUntil
    const spoken = warming ? this.weigher.weigh(seen, evidence, weighed.vouch, false) : weighed
    const told = (said: Weighed): Case => caseOf(seen, said, this.events, this.settings.tenant)
    if (warming && this.weigher.calibrated) this.decider.rehearse(told(weighed))
    const decided = this.decider.decide(told(spoken), warming)
    const { risk, entity, alert } = decided
    const pValue = warming ? Number.NaN : Math.exp(-weighed.news.surprise)
    this.conclusions.verdict?.(
      {
        event: event.id,
        position: event.position,
        time: event.time,
        entity,
        pValue,
        modelled: weighed.news.modelled,
        risk,
        ...(alert !== undefined && { alert }),
      },
      event,
      touched,
    )
    return decided
  }

  /** Every score of the second half of the warm-up and after is what later ones are compared with. */
  private collect(seen: Seen, weighed: Weighed, evidence: Evidence[], trusted: boolean): void {
    if (seen.event.time < this.settings.collectFrom || evidence.length === 0) return
    this.weigher.learn(weighed, evidence, drawOf(seen.event.id, this.settings.seed), trusted)
  }

  /** Only successes teach habits; what may be an attack waits, in the rehearsal too, so that all p-values compare the same. */
  private teach({ event }: Seen, weighed: Weighed, lesson: Lesson): void {
    if (event.status !== 'success' || lesson.subjects.length === 0) return
    const judged = event.time >= this.settings.warmupUntil || this.weigher.calibrated
    if (judged && weighed.whole.surprise > UNTRUSTED) this.teacher.hold(lesson)
    else this.teacher.trust(lesson)
  }

  private *tick(time: number): Generator<void> {
    const before = this.time
    if (time <= before) return
    this.time = time
    for (const { parser } of this.doors.values())
      for (const event of parser.flush(time)) {
        this.journey(event)
        yield
      }
    for (const lesson of this.teacher.tick(time)) {
      this.take(lesson)
      yield
    }
    yield* this.forget()
    yield* this.around.ticking()
    if (before === Number.NEGATIVE_INFINITY) return
    const warmedUp = before < this.settings.warmupUntil && time >= this.settings.warmupUntil
    const today = Math.floor(time / DAY_MS)
    let day = Math.floor(before / DAY_MS)
    if (warmedUp || day < today) this.weigher.endEpoch()
    this.weigher.tick()
    while (day++ < today) this.endDay(day * DAY_MS)
    if (warmedUp) this.decider.endWarmup()
    this.decider.tick(time)
  }

  private take({ seen, subjects, captured }: Lesson): void {
    const found: Subject[] = subjects.map((ref) => ({
      ref,
      entity: this.entities.touch(ref.type, ref.id, seen.event.time),
    }))
    learn(this.entities, found, seen, captured, this.around)
    this.entities.rest(LOOKED_AT)
  }

  /** The end of an epoch, which is a UTC day. */
  private endDay(midnight: number): void {
    this.decider.endDay(midnight, this.weigher.calibrated, this.entities.count('user'))
  }

  private *forget(): Generator<void> {
    for (const { type, entity } of this.entities.evict()) {
      if (type === 'user') forgetPerson(this.entities, entity, this.around)
      yield
    }
  }

  summary(): Summary {
    const { entities } = this
    return {
      users: entities.count('user'),
      hosts: entities.count('host'),
      addresses: entities.count('address'),
      events: this.events,
      strangers: this.strangers.size,
    }
  }

  portrait(entity: EntityRef): Portrait | undefined {
    return portraitOf(this.entities, this.around, entity)
  }

  get level(): number {
    return this.decider.level
  }

  save(): FoldMemory {
    return thaw(this.freeze())
  }

  freeze(): Frozen<FoldMemory> {
    const entities = this.entities.freeze()
    const around = this.around.freeze()
    const decider = this.decider.freeze()
    const teacher = this.teacher.freeze()
    const strangers = freezeMap(this.strangers)
    const others = {
      version: FOLD_VERSION,
      features: FEATURES,
      weigher: this.weigher.save(),
      doors: new Map([...this.doors].map(([id, { door, parser }]) => [String(id), { door, parser: parser.save() }])),
      recent: this.recent.save(),
      events: this.events,
      time: this.time,
    }
    return {
      step: () => [entities, around, decider, teacher, strangers].some((part) => part.step()),
      state() {
        const { packer, parts, awake } = entities.state()
        const rest: FoldState = {
          ...others,
          packer,
          awake,
          around: around.state(),
          decider: decider.state(),
          teacher: teacher.state(),
          strangers: strangers.state(),
        }
        return { rest: rest as unknown as Plain, parts }
      },
    }
  }
}
