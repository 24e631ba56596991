/** Stamps as they were written → ms UTC: the year and the zone that they leave out. */
import type { ClockState } from './source.ts'
import { isLeapYear, type Stamp, wallClock } from './stamp.ts'
import { DAY_MS, TimeZone } from './time-zone.ts'

/** A stamp without a year lies in the year that puts it nearest to the stamp before: within half a year, and some days. */
const FARTHEST_MS = 190 * DAY_MS

/**
 * Nearest to the stamp before it, forwards or backwards: so the year turns by itself, lines out of order around New Year stay
 * where they belong, and one damaged stamp misleads none of its neighbours. The price: a silence of more than half a year
 * inside one file is not seen. 29 February where no near year has one is no stamp.
 */
export class StampResolver {
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

  /** ms UTC, or NaN. */
  resolve(stamp: Stamp): number {
    if (stamp.year === 0) return this.resolveYearless(stamp)
    const local = wallClock(stamp.year, stamp)
    return this.keep(Number.isNaN(stamp.ahead) ? this.zone.resolve(local, this.last) : local - stamp.ahead)
  }

  /** A time that left nothing out; the next stamp is read as one behind it. */
  keep(time: number): number {
    return this.remember(0, time)
  }

  save(): ClockState {
    return { timezone: this.timezone, year: this.year, last: this.last }
  }

  private remember(year: number, time: number): number {
    if (Number.isNaN(time)) return time
    this.year = year
    this.last = time
    return time
  }

  private resolveYearless(stamp: Stamp): number {
    const { recent } = this
    if (recent.month !== stamp.month || recent.day !== stamp.day || recent.year !== this.year) {
      const year = this.yearOf(stamp)
      if (year === 0) return Number.NaN
      this.recent = { month: stamp.month, day: stamp.day, year }
    }
    const { year } = this.recent
    const local = wallClock(year, stamp)
    return this.remember(year, Number.isNaN(stamp.ahead) ? this.zone.resolve(local, this.last) : local - stamp.ahead)
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
