/** Surveyed files → groups of records in one order, with their doors, ticks and how far each file is read. */
import type { Door, LogRecord, RawRecord } from '@heedful/stream'
import { GROUP, type Group, type KnownFile, type Log, type Origin } from '../log/log.ts'
import { doorName } from './door-name.ts'
import { FileFeed } from './feed.ts'
import type { Frame } from './frames.ts'
import { merge, type Planned } from './merge.ts'
import type { Occurrences } from './occurrences.ts'
import { rebuildOccurrences } from './rebuild-occurrences.ts'
import type { Surveyed } from './survey.ts'

const MINUTE = 60_000

export interface IntakeGroup extends Group {
  /** The files that the group read from, as far as it read them. */
  files: KnownFile[]
}

interface Lane {
  surveyed: Surveyed
  file: KnownFile
  door: number
  feed?: FileFeed
}

export interface IntakeOptions {
  log: Log
  /** Doors that the log knows already. */
  doors: readonly Door[]
  files: readonly Surveyed[]
  now: number
  /** A last line without a line end, in a file written within the last minute, is left for the next scan. */
  leaveUnfinished: boolean
}

/** Earliest first, so that the order never depends on how a person listed the files. */
function byStart(a: Surveyed, b: Surveyed): number {
  const [one, two] = [spanOf(a), spanOf(b)]
  return one.first - two.first || one.last - two.last || (a.identity.hash < b.identity.hash ? -1 : 1)
}

/** As it was first surveyed: a scan that goes on must order files as the one before it did. */
function spanOf({ known, first, last }: Surveyed): { first: number; last: number } {
  if (known !== undefined) return known.span ?? { first: 0, last: 0 }
  return { first: first || 0, last: last || 0 }
}

export class Intake {
  private readonly options: IntakeOptions
  private readonly doors: Door[]
  private readonly newDoors: Door[] = []
  private readonly lanes: Lane[]
  private readonly occurrences: Occurrences
  private minute: number
  private records: LogRecord[] = []
  private origins: Origin[] = []
  private touched = new Set<Lane>()
  /** What a person should know about files whose end was reached. */
  readonly notes: string[] = []
  private takenBefore = 0

  constructor(options: IntakeOptions) {
    const { log } = options
    this.options = options
    this.doors = [...options.doors]
    this.occurrences = rebuildOccurrences(log)
    this.minute = log.end.tick === null ? Number.NEGATIVE_INFINITY : Math.floor(log.end.tick / MINUTE)
    let id = log.files.reduce((most, file) => Math.max(most, file.id), 0)
    this.lanes = [...options.files].sort(byStart).map((surveyed) => {
      const door = this.doorOf(surveyed)
      return { surveyed, door, file: fileOf(surveyed, () => ++id) }
    })
  }

  private doorOf({ source, timezone }: Surveyed): number {
    const name = doorName(source, timezone)
    const known = this.doors.find((door) => door.name === name)
    if (known !== undefined) return known.door
    const { id: format, mapping } = source
    const door: Door = {
      door: this.doors.length + 1,
      name,
      format,
      timezone,
      ...(mapping !== undefined && { mapping }),
    }
    this.doors.push(door)
    this.newDoors.push(door)
    return door.door
  }

  /** `activate` records of doors that the log does not know yet. They come before any line. */
  openings(): LogRecord[] {
    return this.newDoors.map((door) => {
      const content = JSON.stringify(door)
      return { kind: 'activate', what: 'door', hash: '', content }
    })
  }

  /** Bytes of the files altogether. */
  get size(): number {
    return this.lanes.reduce((sum, { surveyed }) => sum + surveyed.head.size, 0)
  }

  /** Bytes of the files read so far. */
  get taken(): number {
    return this.lanes.reduce((sum, { feed }) => sum + (feed?.taken ?? 0), this.takenBefore)
  }

  /** The groups, at most `GROUP` records each. */
  async *groups(): AsyncGenerator<IntakeGroup, void, undefined> {
    const plans = this.lanes.map(
      (lane): Planned<FileFeed & { lane?: Lane }> => ({
        first: Number.isNaN(lane.surveyed.first) ? Number.NEGATIVE_INFINITY : lane.surveyed.first,
        open: async () => Object.assign(await this.open(lane), { lane }),
        close: () => this.close(lane),
      }),
    )
    for await (const batch of merge(plans)) {
      for (const { feed, frame } of batch) {
        this.take(feed.lane as Lane, frame)
        if (this.records.length >= GROUP - 1) yield this.cut()
      }
    }
    if (this.records.length > 0) yield this.cut()
  }

  private take(lane: Lane, frame: Frame): void {
    const { line, time, refused } = frame
    if (refused === undefined) this.tick(time)
    const occurrence = this.occurrences.next(line.text, lane.door)
    const record: RawRecord = { kind: 'raw', door: lane.door, line: line.text, time, occurrence }
    if (refused !== undefined) record.refused = refused
    this.records.push(record)
    this.origins.push({ file: lane.file.id, line: line.number })
    const key = Number.isFinite(frame.key) ? frame.key : null
    lane.file = { ...lane.file, offset: line.end, line: line.number, key, clock: frame.clock ?? null }
    this.touched.add(lane)
  }

  /** Time passes before the first line of each new minute. */
  private tick(time: number): void {
    const minute = Math.floor(time / MINUTE)
    if (!(minute > this.minute)) return
    this.minute = minute
    this.records.push({ kind: 'tick', time: minute * MINUTE })
    this.origins.push({ file: 0, line: 0 })
  }

  private cut(): IntakeGroup {
    const group = { records: this.records, origins: this.origins, files: [...this.touched].map(({ file }) => file) }
    this.records = []
    this.origins = []
    this.touched = new Set()
    return group
  }

  private async open(lane: Lane): Promise<FileFeed> {
    const { surveyed, file } = lane
    const { source, clock, input, head } = surveyed
    if (!head.packed && head.size < file.offset) {
      this.notes.push(`${input.name} is shorter than when it was last read; nothing more is read of it`)
    }
    const fresh = this.options.now - head.modified < MINUTE
    lane.feed = await FileFeed.open({
      input,
      clock: source.clock(clock),
      keepClock: source.stamp.year || source.stamp.zone || source.stamp.lines === true,
      now: this.options.now,
      from: file,
      leaveUnfinished: this.options.leaveUnfinished && fresh && !head.packed,
    })
    return lane.feed
  }

  private async close(lane: Lane): Promise<void> {
    const { feed, surveyed } = lane
    if (feed === undefined) return
    if (feed.damage !== undefined) this.notes.push(`${surveyed.input.name}: ${feed.damage}`)
    if (feed.left !== undefined) {
      this.notes.push(
        `${surveyed.input.name}, line ${feed.left.number}: it has no line end yet; the next scan reads it`,
      )
    }
    this.takenBefore += feed.taken
    delete lane.feed
    await feed.close()
  }
}

function fileOf(
  { known, identity, input: { name }, source, timezone, first, last }: Surveyed,
  id: () => number,
): KnownFile {
  // A file that was short is known by more of it once it has grown, and by its new name once it was renamed.
  if (known !== undefined) return { ...known, identity, name }
  const span = Number.isNaN(first) ? null : { first, last }
  const start = { offset: 0, line: 0, key: null, clock: null }
  const { id: format, mapping } = source
  return { id: id(), identity, name, format, timezone, span, ...start, ...(mapping !== undefined && { mapping }) }
}
