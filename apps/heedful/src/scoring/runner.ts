/**
 * Runs the fold over the groups of a log and gathers what it concludes. Configuration and enrichment take effect where
 * their records stand in the log, so a replay finds the same ones in the same places.
 */
import type { Plain } from '@heedful/detect'
import {
  type Alert,
  type Conclusions,
  type DeadLetter,
  type EntityRef,
  type Fold,
  type FoldMemory,
  type LogRecord,
  type Lookup,
  openFold,
  type Portrait,
  type RawRecord,
  type Summary,
  type Verdict,
} from '@heedful/stream'
import { type Configuration, settingsOf } from '../config/configuration.ts'
import type { StoredGroup } from '../log/log.ts'
import type { Feedback } from '../store/feedback-table.ts'
import type { ConcludedGroup, Snapshot } from '../store/store.ts'
import { Counts } from './counts.ts'
import { decodeMemory, encodeMemory } from './memory-blob.ts'
import { Tally } from './tally.ts'
import { Turns } from './turns.ts'

/** Where a line stands. */
export interface Place {
  file: string
  /** From 1; 0 where it is not known. */
  line: number
}

export interface RunnerOptions {
  shards: number
  /** The data for the hash of an `activate` record of enrichment. Throws where it is not there. */
  lookup(hash: string): Lookup
  fileName(id: number): string
  /** Changes what a configuration of the log says; for replays under another one. */
  configure?(configuration: Configuration): Configuration
}

const NOTHING: Lookup = { hash: 'none' }
const MINUTE = 60_000
const DAY = 86_400_000

/** The rest of a snapshot: what was in force, and all that a fold remembers but entities at rest. */
type Saved = { configuration: string; enrichment: string; tick: number; door: number; fold: Plain }

export class Runner {
  readonly tally = new Tally()
  private readonly options: RunnerOptions
  private readonly turns = new Turns()
  private fold: Fold | undefined
  private configuration = ''
  private enrichment = ''
  /** Position behind the last folded record. */
  position = 0
  private concluded = newConclusions()
  private group: Pick<StoredGroup, 'first' | 'origins' | 'records'> = { first: 0, origins: [], records: [] }
  /** The door of the latest line. */
  private door = 0
  private tickTime = Number.NEGATIVE_INFINITY

  constructor(options: RunnerOptions, snapshot?: Snapshot) {
    this.options = options
    if (snapshot === undefined) return
    const [first, ...more] = snapshot.rest
    const saved = decodeMemory(more.length === 0 && first !== undefined ? first : Buffer.concat(snapshot.rest)) as Saved
    this.configuration = saved.configuration
    this.enrichment = saved.enrichment
    this.tickTime = saved.tick
    this.door = saved.door
    this.position = snapshot.position
    this.reopen({ rest: saved.fold, parts: [...snapshot.parts] })
  }

  /** Folds the records of a group that were not folded yet. */
  async run(stored: StoredGroup): Promise<ConcludedGroup> {
    this.concluded = newConclusions()
    this.group = stored
    const from = Math.max(0, this.position - stored.first)
    for (let i = from; i < stored.records.length; i++) {
      const record = stored.records[i] as LogRecord
      if (record.kind === 'tick') await this.pass(record, stored.first + i)
      else this.step(record, stored.first + i)
      if (this.turns.due) await this.turns.end()
    }
    return { first: stored.first, last: stored.first + stored.records.length - 1, ...this.concluded }
  }

  /** Time passes: what was learned in a minute takes effect, which may be much. */
  private async pass(record: LogRecord & { kind: 'tick' }, position: number): Promise<void> {
    this.tickTime = record.time
    for (const _ of this.foldAt(position).stepping(record, position)) if (this.turns.due) await this.turns.end()
    this.position = position + 1
  }

  private step(record: LogRecord, position: number): void {
    if (record.kind === 'activate') this.activate(record.what, record.hash, record.content)
    if (record.kind === 'raw') this.countLine(record)
    if (record.kind === 'feedback') {
      const { time, alert, label, note } = record
      this.concluded.feedback.push({ position, time, alert, label, ...(note !== undefined && { note }) })
    }
    this.foldAt(position).step(record, position)
    this.position = position + 1
  }

  private foldAt(position: number): Fold {
    if (this.fold === undefined) throw new Error(`the log's record ${position} comes before any configuration`)
    return this.fold
  }

  private activate(what: string, hash: string, content: string): void {
    if (what !== 'configuration' && what !== 'enrichment') return
    if (what === 'configuration') this.configuration = content
    else this.enrichment = hash
    this.reopen(this.fold?.save())
  }

  private reopen(saved: FoldMemory | undefined): void {
    const configuration = JSON.parse(this.configuration) as Configuration
    const settings = settingsOf(this.options.configure?.(configuration) ?? configuration, this.options.shards)
    const lookup = this.enrichment === '' ? NOTHING : this.options.lookup(this.enrichment)
    this.fold = openFold(settings, lookup, this.listen(), saved)
  }

  private listen(): Conclusions {
    return {
      verdict: (verdict, event, touched) => {
        this.concluded.verdicts.push(verdict)
        this.concluded.counts.event(this.doorOf(event.position), event)
        this.concluded.counts.entities(touched, verdict)
        this.tally.count(event)
      },
      alert: (alert) => this.concluded.alerts.set(alert.id, alert),
      deadLetter: (letter) => {
        this.concluded.letters.push({ ...letter, time: this.stampOf(letter.position) })
        this.concluded.counts.door(letter.door).refused++
        this.tally.refuse(letter, this.placeOf(letter.position))
      },
      absorbed: (why) => {
        this.tally.absorb(why)
        this.concluded.counts.door(this.door).absorbed++
      },
    }
  }

  private countLine({ door, redrives }: RawRecord): void {
    this.tally.lines++
    this.door = door
    this.concluded.counts.door(door).lines++
    if (redrives !== undefined) this.concluded.redriven.push(redrives)
  }

  private recordAt(position: number): LogRecord | undefined {
    return this.group.records[position - this.group.first]
  }

  /** The door of an event's line; a line that was held back longer than a group came through the latest door. */
  private doorOf(position: number): number {
    const record = this.recordAt(position)
    return record?.kind === 'raw' ? record.door : this.door
  }

  private stampOf(position: number): number {
    const record = this.recordAt(position)
    return record?.kind === 'raw' ? record.time : Number.NaN
  }

  private placeOf(position: number): Place {
    const origin = this.group.origins[position - this.group.first]
    return origin === undefined
      ? { file: '', line: 0 }
      : { file: this.options.fileName(origin.file), line: origin.line }
  }

  /** Memory as it is now, put together in small turns while others run on. */
  async snapshot(): Promise<Snapshot> {
    const { position, configuration, enrichment, tickTime: tick, door } = this
    const frozen = this.fold?.freeze()
    const turns = new Turns()
    await turns.end()
    while (frozen?.step()) if (turns.due) await turns.end()
    const { rest, parts } = frozen?.state() ?? { rest: null, parts: [] }
    const saved: Saved = { configuration, enrichment, tick, door, fold: rest }
    return { position, rest: await encodeMemory(saved, turns), parts }
  }

  /**
   * What is concluded if nothing else follows in the log: lines held back to be joined with later ones are released, and
   * the day ends. The runner is spent afterwards, unless `snapshot` lets another one look ahead in its place.
   */
  finish(snapshot?: Snapshot): ConcludedGroup {
    if (snapshot !== undefined) {
      return new Runner(this.options, snapshot).finish()
    }
    this.concluded = newConclusions()
    // The last tick stands before the last minute's first line.
    if (this.fold !== undefined && Number.isFinite(this.tickTime)) {
      const minute = this.tickTime + MINUTE
      this.fold.step({ kind: 'tick', time: minute }, this.position)
      this.fold.step({ kind: 'tick', time: (Math.floor(minute / DAY) + 1) * DAY }, this.position)
    }
    return { first: this.position, last: this.position, ...this.concluded }
  }

  /** What is usual for an entity; undefined where nothing is remembered of it. */
  portrait(entity: EntityRef): Portrait | undefined {
    return this.fold?.portrait(entity)
  }

  /** The risk above which a story becomes an alert; 0 before the first record. */
  get level(): number {
    return this.fold?.level ?? 0
  }

  /** The log's time, ms UTC; −Infinity before its first tick. */
  get time(): number {
    return this.tickTime
  }

  summary(): Summary {
    return this.fold?.summary() ?? { users: 0, hosts: 0, addresses: 0, events: 0, strangers: 0 }
  }
}

interface Concluding extends Omit<ConcludedGroup, 'first' | 'last'> {
  verdicts: Verdict[]
  alerts: Map<string, Alert>
  letters: (DeadLetter & { time: number })[]
  feedback: Feedback[]
  redriven: number[]
}

function newConclusions(): Concluding {
  return { verdicts: [], alerts: new Map(), letters: [], feedback: [], redriven: [], counts: new Counts() }
}
