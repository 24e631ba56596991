/** Zones of time, by arithmetic on what `Intl` says: the viewer's own, or UTC. */

export const UTC = 'UTC'

/** The IANA name of the viewer's zone. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || UTC

const readers = new Map<string, Intl.DateTimeFormat>()

function reader(zone: string): Intl.DateTimeFormat {
  let found = readers.get(zone)
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    readers.set(zone, found)
  }
  return found
}

/** Minutes that the zone is ahead of UTC at that moment. */
export function offsetMinutes(time: number, zone: string): number {
  if (zone === UTC) return 0
  const part: Record<string, number> = {}
  for (const { type, value } of reader(zone).formatToParts(time)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const shown = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((shown - Math.floor(time / 1000) * 1000) / 60_000)
}

/** The moment at which a day (`2026-03-12`) begins in the zone, ms UTC; NaN for what is no day. */
export function startOfDay(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(utc)) return Number.NaN
  // Twice, as the offset that counts is the one at the answer: a change of clocks may lie between.
  const near = utc - offsetMinutes(utc, zone) * 60_000
  return utc - offsetMinutes(near, zone) * 60_000
}

/** The day that it is in the zone: `2026-03-12`. */
export function dayOf(time: number, zone: string): string {
  return new Date(time + offsetMinutes(time, zone) * 60_000).toISOString().slice(0, 10)
}

/** 0 is Monday 00:00 to 01:00 in the zone, 167 is Sunday 23:00. */
export function hourOfWeek(time: number, zone: string): number {
  const shown = new Date(time + offsetMinutes(time, zone) * 60_000)
  return ((shown.getUTCDay() + 6) % 7) * 24 + shown.getUTCHours()
}
