/** Clocks on the wall → UTC, by the zone data that a package brings along: the same answer on every machine. */
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import moment from 'moment-timezone'
import { SourceError } from './source-error.ts'

export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** How far a repeated hour may lie behind the last stamp and still be its second pass. */
const OVERLAP_MS = 3 * 3_600_000

interface ZoneData {
  /** Minutes that the zone is behind UTC at a time in ms UTC. */
  utcOffset(time: number): number
}

function zoneData(name: string): ZoneData {
  const data = moment.tz.zone(name)
  if (data !== null) return data
  const known = moment.tz.names()
  const near = nearestName(name, known)
  const hint = near === undefined ? 'a name such as Europe/Berlin or UTC' : near
  throw new SourceError('timezone_unknown', `"${name.slice(0, 100)}" is no IANA time zone; did you mean ${hint}?`)
}

/**
 * One IANA zone. A clock reading that daylight saving skips is read as if the clock had not been changed (02:30 becomes
 * 03:30 of summer time). One that happens twice is the first of the two, unless that would lie more than a minute before the
 * stamp before it, and the second would not: then the log is already in its second pass.
 */
export class TimeZone {
  private readonly data: ZoneData
  /** Days since 1970 whose offset is the same all around; most stamps of a log are of one day. */
  private quietDay = Number.NaN
  private quietOffset = 0

  /** Throws `SourceError` timezone_unknown with the nearest known name. */
  constructor(name: string) {
    this.data = zoneData(name)
  }

  /** ms that the wall clock is ahead of UTC at a time in ms UTC. */
  aheadOf(time: number): number {
    return -this.data.utcOffset(time) * MINUTE_MS
  }

  /** ms UTC of a wall clock reading (`local`: ms, as if it were UTC). `last` is the stamp before it, NaN where there is none. */
  resolve(local: number, last: number): number {
    const day = Math.floor(local / DAY_MS)
    if (day === this.quietDay) return local - this.quietOffset
    const before = this.aheadOf(local - DAY_MS)
    const after = this.aheadOf(local + DAY_MS)
    if (before === after) {
      this.rememberIfQuiet(day, before)
      return local - before
    }
    return this.choose(local - before, local - after, before, after, last)
  }

  private rememberIfQuiet(day: number, offset: number): void {
    const start = day * DAY_MS
    if (this.aheadOf(start - DAY_MS) !== offset || this.aheadOf(start + 2 * DAY_MS) !== offset) return
    this.quietDay = day
    this.quietOffset = offset
  }

  private choose(unchanged: number, changed: number, before: number, after: number, last: number): number {
    const isBefore = this.aheadOf(unchanged) === before
    const isAfter = this.aheadOf(changed) === after
    if (isBefore && isAfter) {
      const behind = last - unchanged
      return behind > MINUTE_MS && behind < OVERLAP_MS && changed >= last - MINUTE_MS ? changed : unchanged
    }
    return isAfter ? changed : unchanged
  }
}
