/** The doors of a log that goes on: what comes from one source in one format shares a door, and a clock. */
import type { ActivateRecord, Clock, ClockState, Door, Source } from '@heedful/stream'
import { doorName } from '../intake/door-name.ts'
import { doorsOf } from '../log/activations.ts'
import type { KnownFile, Log } from '../log/log.ts'
import { Refusal } from './refusal.ts'

/** A sender that invents names must not fill the memory. */
const MOST = 1000
const HALF_YEAR = 183 * 86_400_000

export interface OpenDoor {
  door: Door
  source: Source
  clock: Clock
  /** The latest accepted stamp, ms UTC; −Infinity before the first. */
  key: number
  /** Its `activate` record stands in the log. */
  written: boolean
}

export const activationOf = ({ door }: OpenDoor): ActivateRecord => ({
  kind: 'activate',
  what: 'door',
  hash: '',
  content: JSON.stringify(door),
})

export class Doors {
  private readonly open = new Map<string, OpenDoor>()
  private readonly known: Door[]
  private readonly log: Log
  private readonly timezone: string

  constructor(log: Log, timezone: string) {
    this.log = log
    this.known = doorsOf(log)
    this.timezone = timezone
  }

  /** All doors, by number. */
  get list(): readonly Door[] {
    return this.known
  }

  /** The door of a sender's lines in a format. Throws `Refusal` where there are too many. */
  find(name: string, source: Source, now: number): OpenDoor {
    const called = `${name}:${doorName(source, this.timezone)}`
    const present = this.open.get(called)
    if (present !== undefined) return present
    const written = this.known.find((door) => door.name === called)
    const opened = this.start(written ?? this.add(called, source), source, now, written !== undefined)
    this.open.set(called, opened)
    return opened
  }

  private add(name: string, source: Source): Door {
    if (this.known.length >= MOST) {
      throw new Refusal('too-many-sources', `${MOST} sources are known already; ${name} is not taken`, {
        status: 403,
        wayOut: 'name the source of your events steadily in X-Heedful-Source',
      })
    }
    const highest = this.known.reduce((most, { door }) => Math.max(most, door), 0)
    const { id: format, mapping } = source
    const door: Door = {
      door: highest + 1,
      name,
      format,
      timezone: this.timezone,
      ...(mapping !== undefined && { mapping }),
    }
    this.known.push(door)
    return door
  }

  /** A record that goes on in the next line, which comes after a start. */
  private heldOf({ door }: Door): ClockState['held'] {
    const read = this.log.files.filter((file) => file.door === door)
    const latest = read.reduce<KnownFile | undefined>((a, b) => ((a?.key ?? 0) > (b.key ?? 0) ? a : b), undefined)
    return latest?.clock?.held
  }

  /** Stamps without a year are of the year that ends now: they tell of what was, not of what will be. */
  private start(door: Door, source: Source, now: number, written: boolean): OpenDoor {
    const last = source.stamp.year ? now - HALF_YEAR : Number.NaN
    const year = source.stamp.year ? new Date(last).getUTCFullYear() : 0
    const held = this.heldOf(door)
    const clock = source.clock({ timezone: door.timezone, year, last, ...(held !== undefined && { held }) })
    return { door, source, clock, key: Number.NEGATIVE_INFINITY, written }
  }
}
