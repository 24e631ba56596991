/**
 * A data folder that is being served: takes lines in durably, folds them as they come, and tells what was concluded. It goes
 * on where the folder's last scan or server ended.
 */
import { EventEmitter } from 'node:events'
import type { LogRecord, Lookup, Verdict } from '@heedful/stream'
import {
  type Configuration,
  changedConfiguration,
  DEFAULT_BUDGET,
  firstConfiguration,
  type Remembered,
} from '../config/configuration.ts'
import { prepareLookups } from '../enrichment/prepare-lookups.ts'
import { type CommandError, messageOf } from '../errors.ts'
import { findFormat } from '../intake/formats.ts'
import type { Line } from '../intake/lines.ts'
import { configurationOf } from '../log/activations.ts'
import type { StoredGroup } from '../log/log.ts'
import { Keeper } from '../scoring/keeper.ts'
import { openRunner } from '../scoring/open-runner.ts'
import type { Runner } from '../scoring/runner.ts'
import { type FolderSpace, openFolder } from '../store/space.ts'
import type { ConcludedGroup } from '../store/store.ts'
import { Doors } from './doors.ts'
import { frameLines } from './framing.ts'
import { type Batch, GroupCommit, type Span } from './group-commit.ts'
import { recogniseLines } from './recognise-lines.ts'
import { Refusal, stopping } from './refusal.ts'
import { Scorer } from './scorer.ts'
import { VerdictWaits } from './verdict-waits.ts'

export interface ServiceOptions {
  /** The data folder; made where it is missing. */
  folder: string
  /** Zone of stamps that carry none. */
  timezone: string
  /** What is set; each undefined where nothing is said: then what the log says stays, or what is usual. */
  budget?: number
  /** ms from the first event on. */
  warmup?: number
  seed?: number
  remembered?: Remembered
  city?: string
  asn?: string
  /** Records that may wait to be judged before senders are asked to wait; usually 100,000, which is seconds of work. */
  mostLag?: number
  /** ms UTC: the wall clock, or the one of a world that is simulated. */
  now(): number
}

/** What was concluded of a group of the log that was folded. */
export interface Folded {
  group: StoredGroup
  concluded: ConcludedGroup
  /** How long it took, with its commits, while others were served. */
  seconds: number
}

export interface ServiceEvents {
  /** After each group: it is given to the store, whose commit follows at once where alerts or dead letters are in it. */
  folded: [Folded]
  /** The store's disk is full; it goes on by itself. */
  stalled: [CommandError]
  /** Nothing more is folded. */
  failed: [unknown]
}

/** Lines of one sender. */
export interface Submission {
  /** What the sender calls its source: its door, together with the format. */
  source: string
  /** A format's id, or `auto`. */
  format: string
  lines: readonly Line[]
  /** The sender's key, and a digest of what it sent under it. */
  idempotency?: { key: string; digest: string }
  /** Told where the lines stand before anything of them is folded. */
  onWritten?(span: Span): void
}

export interface Accepted {
  /** Lines that stand in the log to be judged. */
  accepted: number
  /** Lines that stand there refused: too long, or by a clock that is plainly wrong. */
  refused: number
  position: Span
  /** It was answered before, under the same key: nothing was written. */
  repeated: boolean
}

const MOST_LAG = 8_000
const SECOND = 1000
/** Time passes by the wall clock once the newest event is so near to it, ms, … */
const LIVE = 600_000
/** … or once no line has come for so long: a history that is being read in is not overtaken. */
const QUIET = 300_000

export class Service {
  readonly space: FolderSpace
  readonly runner: Runner
  readonly doors: Doors
  readonly events = new EventEmitter<ServiceEvents>()
  /** What a person should know of the folder that was opened. */
  readonly notes: readonly string[]
  /** Alerts that were raised or changed since the start. */
  alertsTold = 0
  private readonly options: ServiceOptions
  private readonly scorer: Scorer
  private readonly commit: GroupCommit
  private readonly keeper: Keeper
  private readonly waits = new VerdictWaits()
  /** Position behind the last group of which all is concluded. */
  private folded: number
  /** Answers under way, by idempotency key. */
  private readonly underWay = new Map<string, { digest: string; answer: Promise<Accepted> }>()
  private readonly clock: NodeJS.Timeout
  private lastLine = performance.now()
  private newest = Number.NEGATIVE_INFINITY
  private stopped = false
  private failure: unknown

  /** Throws `CommandError`s of the folder kind. */
  static async open(options: ServiceOptions): Promise<Service> {
    const space = openFolder(options.folder)
    try {
      const { lookups, record } = await prepareLookups(space, options)
      return new Service(options, space, lookups, record)
    } catch (error) {
      space.close()
      throw error
    }
  }

  private constructor(
    options: ServiceOptions,
    space: FolderSpace,
    lookups: ReadonlyMap<string, Lookup>,
    enrichment: LogRecord | undefined,
  ) {
    const { log } = space
    const notes: string[] = []
    this.options = options
    this.space = space
    this.notes = notes
    this.doors = new Doors(log, options.timezone)
    this.runner = openRunner(space.store, notes, {
      shards: 1,
      fileName: (id) => log.files.find((file) => file.id === id)?.name ?? '',
      lookup: (hash) => lookups.get(hash) ?? { hash },
    })
    this.folded = this.runner.position
    this.keeper = new Keeper(this.runner, space.store, true, (concluded) => this.note(concluded))
    this.scorer = new Scorer({
      log,
      runner: this.runner,
      keeper: this.keeper,
      onFolded: (group, seconds) => this.tell(group, seconds),
      onFailed: (error) => this.fail(error),
      onStalled: (error) => this.events.emit('stalled', error),
    })
    this.commit = new GroupCommit({
      log,
      opening: (first) => this.opening(first, enrichment),
      now: options.now,
      onCommitted: (groups) => this.scorer.offer(groups),
    })
    if (log.end.position > 0) this.activateChanges(enrichment)
    this.clock = setInterval(() => this.passTime(), 5 * SECOND)
    this.clock.unref()
  }

  /** The clock that this service goes by, ms UTC. */
  now(): number {
    return this.options.now()
  }

  /** Records of the log that are not folded yet. */
  get lag(): number {
    return this.scorer.lag
  }

  /** How long the oldest of them has waited, s. */
  get lagSeconds(): number {
    return this.scorer.lagSeconds
  }

  /** Lines that are taken, but not in the log yet. */
  get waiting(): number {
    return this.commit.waiting
  }

  /** Why nothing more is folded or stored for now; undefined where all is well. */
  get trouble(): string | undefined {
    if (this.failure !== undefined) return `events are no longer judged: ${messageOf(this.failure)}`
    return this.scorer.stalled ? 'the disk of the data folder is full' : undefined
  }

  /** The settings in force; undefined before the first line. */
  get configuration(): Configuration | undefined {
    return configurationOf(this.space.log)
  }

  /** Alerts a day, also before the first line. */
  get budget(): number {
    return this.configuration?.budget_per_day ?? this.options.budget ?? DEFAULT_BUDGET
  }

  /** Answers when the lines are durable. Rejects with `Refusal`; nothing of the submission is kept then. */
  async submit(submission: Submission): Promise<Accepted> {
    this.refuseWhereBehind()
    const { source, idempotency } = submission
    if (idempotency === undefined) return this.take(submission)
    const key = `${source}\n${idempotency.key}`
    const known = this.space.log.findRequest(key, Date.now())
    if (known !== undefined) {
      refuseOther(known.digest, idempotency)
      const { accepted, refused, from, to } = known
      return { accepted, refused, position: { from, to }, repeated: true }
    }
    const present = this.underWay.get(key)
    if (present !== undefined) {
      refuseOther(present.digest, idempotency)
      return { ...(await present.answer), repeated: true }
    }
    const { digest } = idempotency
    const answer = this.take(submission, { key, digest })
    this.underWay.set(key, { digest, answer })
    return answer.finally(() => this.underWay.delete(key))
  }

  private async take(submission: Submission, request?: { key: string; digest: string }): Promise<Accepted> {
    const { lines, format, source, onWritten } = submission
    const now = this.options.now()
    const found = format === 'auto' ? recogniseLines(lines, source, this.doors) : findFormat(format)
    const open = this.doors.find(source, found, now)
    const frames = frameLines(lines, open, now)
    const kept = { ...(request !== undefined && { request }), ...(onWritten !== undefined && { onWritten }) }
    const position = await this.write({ open, frames, ...kept })
    const refused = frames.filter((frame) => frame.refused !== undefined).length
    return { accepted: frames.length - refused, refused, position, repeated: false }
  }

  /** Lines that are framed already, of a file that is followed. */
  async write(batch: Batch): Promise<Span> {
    if (this.stopped) throw stopping()
    const span = await this.commit.add(batch)
    this.lastLine = performance.now()
    for (const { time, refused } of batch.frames) if (refused === undefined && time > this.newest) this.newest = time
    return span
  }

  /** Records of another kind: what an analyst said, another configuration. Answers when they are durable. */
  async record(records: readonly LogRecord[]): Promise<Span> {
    this.refuseWhereFailed()
    if (this.space.log.end.position === 0) {
      throw new Refusal('log-empty', 'no event has come yet', { status: 409, wayOut: 'send events first' })
    }
    return this.commit.add(records)
  }

  /** The verdicts of the span, once it is folded; undefined where that takes longer than `timeout` ms. */
  verdicts(span: Span, timeout: number): Promise<readonly Verdict[] | undefined> {
    const known = this.folded > span.from ? this.keeper.verdicts(span.from, span.to) : []
    return this.folded >= span.to ? Promise.resolve(known) : this.waits.wait(span, known, timeout)
  }

  /** Resolves when everything that is in the log now is folded. */
  async caughtUp(): Promise<void> {
    while (this.scorer.lag > 0 && this.failure === undefined && !this.stopped) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** What is never folded would be written again and again, by who waits for it. */
  private refuseWhereFailed(): void {
    if (this.stopped) throw stopping()
    if (this.failure === undefined) return
    throw new Refusal('scoring-stopped', this.trouble ?? '', {
      status: 503,
      wayOut: 'start the server again',
      retryAfter: 30,
    })
  }

  /** Throws `Refusal` where the fold is too far behind to take more. */
  private refuseWhereBehind(): void {
    this.refuseWhereFailed()
    const { lag } = this
    if (lag <= (this.options.mostLag ?? MOST_LAG)) return
    throw new Refusal('queue-full', `${lag} records of the log wait to be judged`, {
      status: 429,
      wayOut: 'send more slowly; everything that was acknowledged stays',
      retryAfter: Math.min(60, Math.ceil(lag / 20_000)),
    })
  }

  private opening(first: number, enrichment: LogRecord | undefined): LogRecord[] {
    const record = configurationRecord(firstConfiguration(this.options, first))
    return enrichment === undefined ? [record] : [record, enrichment]
  }

  /** What is set otherwise than the log says takes effect from here on, by a record of its own. */
  private activateChanges(enrichment: LogRecord | undefined): void {
    const { configuration } = this
    const changed = configuration === undefined ? undefined : changedConfiguration(configuration, this.options)
    const records = [changed === undefined ? undefined : configurationRecord(changed), enrichment]
    const present = records.filter((record) => record !== undefined)
    if (present.length > 0) this.commit.add(present).catch((error) => this.fail(error))
  }

  /** Silence is news, too: days end and quarantines open though nobody says anything. */
  private passTime(): void {
    const now = this.options.now()
    const { tick } = this.space.log.end
    if (tick === null || this.stopped || now - tick < 2 * 60_000) return
    const live = now - this.newest < LIVE
    if (!live && performance.now() - this.lastLine < QUIET) return
    this.commit.add([{ kind: 'tick', time: now }]).catch(() => undefined)
  }

  private last: ConcludedGroup | undefined

  private note(concluded: ConcludedGroup): void {
    this.last = concluded
  }

  private tell(group: StoredGroup, seconds: number): void {
    const concluded = this.last
    if (concluded === undefined) return
    this.folded = this.runner.position
    this.waits.tell(concluded.verdicts, this.folded)
    this.alertsTold += concluded.alerts.size
    this.events.emit('folded', { group, concluded, seconds })
  }

  private fail(error: unknown): void {
    this.failure = error
    this.waits.end()
    this.events.emit('failed', error)
  }

  /**
   * Takes nothing more, folds what there is for at most `patience` ms (the next start folds the rest), keeps memory and
   * gives the folder back. What a person should know of it then, if anything.
   */
  async stop(patience = 10_000): Promise<string | undefined> {
    if (this.stopped) return undefined
    this.commit.drain()
    const until = performance.now() + patience
    while (this.lag > 0 && this.trouble === undefined && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    this.stopped = true
    clearInterval(this.clock)
    this.waits.end()
    await this.scorer.stop()
    try {
      if (this.failure === undefined && this.runner.position > 0) await this.keeper.save()
    } finally {
      this.told = this.space.close()
    }
    return this.told
  }

  private told: string | undefined
}

const configurationRecord = (configuration: Configuration): LogRecord => ({
  kind: 'activate',
  what: 'configuration',
  hash: '',
  content: JSON.stringify(configuration),
})

function refuseOther(digest: string, idempotency: { key: string; digest: string }): void {
  if (digest === idempotency.digest) return
  throw new Refusal('idempotency-key-reused', `under the key "${idempotency.key}" something else was sent before`, {
    status: 422,
    wayOut: 'give every request a key of its own; only a request that is sent again carries the same',
  })
}
