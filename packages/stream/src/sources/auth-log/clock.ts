/** Stamps of an authentication log → ms UTC: the year and the zone that they leave out. */

import type { Clock, ClockState } from '../source.ts'
import { isLeapYear, readRfc3164, readRfc3339, type Stamp, wallClock } from '../stamp.ts'
import { DAY_MS, TimeZone } from '../time-zone.ts'
import { journalTime } from './journal.ts'

/** A stamp without a year lies in the year that puts it nearest to the stamp before: within half a year, and some days. */
const FARTHEST_MS = 190 * DAY_MS

/** The stamp that a line of text begins with (behind the `<priority>` of RFC 3164, where there is one). */
export function readStamp(line: string): Stamp | undefined {
  let at = 0
  if (line.charCodeAt(0) === 60) {
    const close = line.indexOf('>')
    if (close < 2 || close > 4) return undefined
    at = close + 1
  }
  const first = line.charCodeAt(at)
  return first >= 48 && first <= 57 ? readRfc3339(line, at) : readRfc3164(line, at)
}

/**
 * Nearest to the stamp before it, forwards or backwards: so the year turns by itself, lines out of order around New Year stay
 * where they belong, and one damaged stamp misleads none of its neighbours. The price: a silence of more than half a year
 * inside one file is not seen. 29 February where no near year has one is no stamp.
 */
export class AuthLogClock implements Clock {
  private readonly timezone: string
  private readonly zone: TimeZone
  private year: number
  private last: number
  /** The last date read without a year, and the year that was found for it. */
  private recent = { month: 0, day: 0, year: 0 }

  /** Throws `SourceError` timezone_unknown. */
  constructor({ timezone, year, last }: ClockState) {
    this.timezone = timezone
    this.zone = new TimeZone(timezone)
    this.year = year
    this.last = Number.isFinite(last) ? last : Number.NaN
  }

  read(line: string): number {
    if (line.charCodeAt(0) === 123) return this.keep(0, journalTime(line))
    const stamp = readStamp(line)
    if (stamp === undefined) return Number.NaN
    if (stamp.year === 0) return this.readYearless(stamp)
    const local = wallClock(stamp.year, stamp)
    return this.keep(0, Number.isNaN(stamp.ahead) ? this.zone.resolve(local, this.last) : local - stamp.ahead)
  }

  save(): ClockState {
    return { timezone: this.timezone, year: this.year, last: this.last }
  }

  private keep(year: number, time: number): number {
    if (Number.isNaN(time)) return time
    this.year = year
    this.last = time
    return time
  }

  private readYearless(stamp: Stamp): number {
    const { recent } = this
    if (recent.month !== stamp.month || recent.day !== stamp.day || recent.year !== this.year) {
      const year = this.yearOf(stamp)
      if (year === 0) return Number.NaN
      this.recent = { month: stamp.month, day: stamp.day, year }
    }
    const { year } = this.recent
    return this.keep(year, this.zone.resolve(wallClock(year, stamp), this.last))
  }

  /** 0 where none fits. */
  private yearOf(stamp: Stamp): number {
    const { last } = this
    const hasDay = (year: number) => stamp.month !== 2 || stamp.day !== 29 || isLeapYear(year)
    if (Number.isNaN(last)) return hasDay(this.year) ? this.year : 0
    const around = new Date(last).getUTCFullYear()
    let best = 0
    let distance = FARTHEST_MS
    for (let year = around - 1; year <= around + 1; year++) {
      const away = Math.abs(wallClock(year, stamp) - last)
      if (away < distance && hasDay(year)) {
        best = year
        distance = away
      }
    }
    return best
  }
}
