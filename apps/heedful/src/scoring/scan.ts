/** One scan: files → log → fold → store, from wherever the data folder's last scan ended. */
import type { Alert, EntityRef, LogRecord, Lookup, Portrait, Summary } from '@heedful/stream'
import { type Configuration, DEFAULT_BUDGET, DEFAULT_SEED } from '../config/configuration.ts'
import { prepareLookups } from '../enrichment/prepare-lookups.ts'
import { CommandError, Interrupted } from '../errors.ts'
import type { Input } from '../intake/bytes.ts'
import { gather } from '../intake/gather.ts'
import { Intake } from '../intake/session.ts'
import type { Surveyed } from '../intake/survey.ts'
import { doorsOf, lastOf } from '../log/activations.ts'
import type { Group, KnownFile } from '../log/log.ts'
import type { MappingFile } from '../mapping/bind-mapping.ts'
import type { Space } from '../store/space.ts'
import type { ConcludedGroup, Snapshot } from '../store/store.ts'
import type { Progress } from '../terminal/progress.ts'
import { Keeper } from './keeper.ts'
import { openRunner } from './open-runner.ts'
import type { Runner } from './runner.ts'
import type { Tally } from './tally.ts'

export interface ScanOptions {
  inputs: readonly Input[]
  format: string
  mapping?: MappingFile
  timezone: string
  year?: number
  city?: string
  asn?: string
  /** What is set for a new log; each undefined where a person left it out. */
  budget?: number
  /** ms */
  warmup?: number
  seed?: number
  shards: number
  now: number
  signal: AbortSignal
  progress: Progress
  /** An alert as it was raised or changed, while the lines that it comes from are at hand. */
  onAlert?(alert: Alert): void
}

export interface ScanResult {
  alerts: Alert[]
  /** Ids of alerts that this scan raised or changed. */
  touched: Set<string>
  /** What is usual for an entity at the end of the log; undefined where nothing is remembered of it. */
  portrait(entity: EntityRef): Portrait | undefined
  configuration: Configuration
  files: Surveyed[]
  tally: Tally
  summary: Summary
  /** What is known of geography: the kinds of data in force. */
  geography: { location: boolean; autonomousSystem: boolean }
  notes: string[]
  seconds: number
  /** A person stopped it: everything above is as if the log ended there. */
  stopped: boolean
}

const DAY = 86_400_000
const WARMUP = 14 * DAY

function span(files: readonly Surveyed[]): { first: number; last: number } {
  const stamped = files.filter(({ first }) => !Number.isNaN(first))
  if (stamped.length === 0) {
    const names = files.map(({ input }) => input.name).join(', ')
    throw new CommandError(
      'input-empty',
      `no line with a time stamp is in ${names || 'the files'}`,
      'name a log with events in it, or its format with --format',
    )
  }
  return { first: Math.min(...stamped.map(({ first }) => first)), last: Math.max(...stamped.map(({ last }) => last)) }
}

function configure(options: ScanOptions, files: readonly Surveyed[]): Configuration {
  const { first, last } = span(files)
  const warmup = options.warmup ?? Math.min(WARMUP, Math.round((last - first) / 3))
  return {
    tenant: 'default',
    budget_per_day: options.budget ?? DEFAULT_BUDGET,
    warmup_from: new Date(first).toISOString(),
    warmup_until: new Date(first + warmup).toISOString(),
    seed: options.seed ?? DEFAULT_SEED,
  }
}

/** A data folder keeps what it was begun with: other settings would judge half of the log by one rule, half by another. */
function refuseOtherSettings(found: Configuration, { budget, warmup, seed }: ScanOptions): void {
  const length = Date.parse(found.warmup_until) - Date.parse(found.warmup_from)
  const other: string[] = []
  if (budget !== undefined && budget !== found.budget_per_day) other.push(`--budget ${found.budget_per_day}/day`)
  if (warmup !== undefined && Math.abs(warmup - length) > 1) other.push(`--warmup ${length / 1000}s`)
  if (seed !== undefined && seed !== found.seed) other.push(`--seed ${found.seed}`)
  if (other.length === 0) return
  throw new CommandError(
    'folder-settings',
    `this data folder was begun with ${other.join(', ')}`,
    'leave the option out, or try other settings on it with heedful replay --config FILE',
  )
}

/**
 * When the signal comes, the scan ends where it is and concludes what there is to conclude. Throws `Interrupted` where it
 * comes before any line was read.
 */
export async function scan(space: Space, options: ScanOptions): Promise<ScanResult> {
  const started = performance.now()
  const { log } = space
  const { files, notes } = await gather(options.inputs, {
    ...options,
    known: log.files,
    onFile: (name) => options.progress.say(`reading the time stamps of ${name}`),
  })
  const begun = lastOf(log, 'configuration')
  if (begun !== undefined) refuseOtherSettings(JSON.parse(begun.content) as Configuration, options)
  const content = begun?.content ?? JSON.stringify(configure(options, files))
  const { lookups, record } = await prepareLookups(space, options)
  const doors = doorsOf(log)
  const intake = new Intake({ log, doors, files, now: options.now, leaveUnfinished: space.folder !== undefined })
  const opening: LogRecord[] = []
  if (begun === undefined) opening.push({ kind: 'activate', what: 'configuration', hash: '', content })
  if (record !== undefined) opening.push(record)
  opening.push(...intake.openings())

  const work = new Work(space, options, lookups)
  await work.catchUp()
  if (!work.stopped) await readOn(work, intake, opening, options)
  if (work.stopped && work.runner.tally.lines === 0) throw new Interrupted()
  await work.end()
  const inForce = lookups.get(lastOf(log, 'enrichment')?.hash ?? '')
  return {
    alerts: space.store.alerts(),
    touched: work.touched,
    portrait: (entity) => work.runner.portrait(entity),
    configuration: JSON.parse(content) as Configuration,
    files,
    tally: work.runner.tally,
    summary: work.runner.summary(),
    geography: { location: inForce?.location !== undefined, autonomousSystem: inForce?.autonomousSystem !== undefined },
    notes: [...notes, ...work.notes, ...intake.notes],
    seconds: (performance.now() - started) / 1000,
    stopped: work.stopped,
  }
}

async function readOn(work: Work, intake: Intake, opening: LogRecord[], { progress }: ScanOptions): Promise<void> {
  if (opening.length > 0)
    await work.append({ records: opening, origins: opening.map(() => ({ file: 0, line: 0 })) }, [])
  progress.begin(intake.size)
  for await (const group of intake.groups()) {
    await work.append(group, group.files)
    progress.update(intake.taken, work.runner.tally.events)
    if (work.heedsSignal()) return
  }
}

/** The fold and what it concludes, group by group. */
class Work {
  readonly runner: Runner
  readonly touched = new Set<string>()
  readonly notes: string[] = []
  /** A signal came while there was more to read. */
  stopped = false
  private readonly space: Space
  private readonly signal: AbortSignal
  private readonly onAlert: ScanOptions['onAlert']
  private readonly keeper: Keeper
  private readonly names: Map<number, string>

  constructor(space: Space, { shards, signal, onAlert }: ScanOptions, lookups: ReadonlyMap<string, Lookup>) {
    this.space = space
    this.onAlert = onAlert
    this.signal = signal
    this.names = new Map(space.log.files.map(({ id, name }) => [id, name]))
    this.runner = openRunner(space.store, this.notes, {
      shards,
      fileName: (id) => this.names.get(id) ?? '',
      lookup: (hash) => lookups.get(hash) ?? { hash },
    })
    this.keeper = new Keeper(this.runner, space.store, space.folder !== undefined, (concluded) => this.note(concluded))
  }

  private note({ alerts }: ConcludedGroup): void {
    for (const [id, alert] of alerts) {
      this.touched.add(id)
      this.onAlert?.(alert)
    }
  }

  /** Folds what a scan that was stopped had already put into the log. */
  async catchUp(): Promise<void> {
    for (const group of this.space.log.read(this.runner.position)) {
      await this.keeper.take(group)
      if (this.heedsSignal()) return
    }
  }

  /** Whether to read no further. */
  heedsSignal(): boolean {
    this.stopped ||= this.signal.aborted
    return this.stopped
  }

  async append(group: Group, files: readonly KnownFile[]): Promise<void> {
    for (const { id, name } of files) this.names.set(id, name)
    const lines = this.space.log.end.lines
    const first = this.space.log.append(group, files)
    await this.keeper.take({ ...group, first, lines })
  }

  async end(): Promise<void> {
    const snapshot: Snapshot | undefined = await this.keeper.save()
    const tail = this.runner.finish(snapshot)
    this.note(tail)
    this.space.store.keepProvisional(tail)
  }
}
