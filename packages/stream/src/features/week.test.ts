import { describe, expect, it } from 'vitest'
import type { Event } from '../event.ts'
import type { Seen, Surroundings } from './feature.ts'
import { week } from './week.ts'

/** Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 2) / 3_600_000
const AROUND = { group: '', around: { addTo: () => undefined } } as unknown as Surroundings

const at = (hour: number): Seen => ({ hour, event: { status: 'success' } as Event }) as Seen

/** What is said of an hour after weeks of activity at those hours of those days (0 is Monday). */
function expectedAt(day: number, hour: number, days: readonly number[], hours: readonly number[]): string {
  const memory = week.start()
  for (let w = 0; w < 6; w++) {
    for (const d of days)
      for (const h of hours) week.learn?.(memory, at(MONDAY + (w * 7 + d) * 24 + h), AROUND, undefined)
  }
  const seen = at(MONDAY + (6 * 7 + day) * 24 + hour)
  return week.tell(memory, seen, AROUND).expected
}

const WORKDAYS = [0, 1, 2, 3, 4]
const OFFICE = [9, 10, 11, 12, 13, 14, 15, 16]

describe('the usual hours of a person', () => {
  it('never hold the unusual one: where the day is what is unusual, the days are named', () => {
    expect(expectedAt(5, 12, WORKDAYS, OFFICE)).toBe('usually Monday to Friday, 09:00 to 17:00 UTC')
    expect(expectedAt(2, 3, WORKDAYS, OFFICE)).toBe('usually Monday to Friday, 09:00 to 17:00 UTC')
    expect(expectedAt(1, 12, [0, 3, 4], OFFICE)).toBe('usually Monday and Thursday to Friday, 09:00 to 17:00 UTC')
  })

  it('are those of such days, where all days are usual', () => {
    expect(expectedAt(5, 3, [...WORKDAYS, 5, 6], OFFICE)).toBe('usually 09:00 to 17:00 UTC')
    expect(expectedAt(5, 3, [5, 6], [20, 21, 22, 23])).toBe('usually Saturday to Sunday, 20:00 to 00:00 UTC')
  })

  it('are not known before there are any', () => {
    expect(expectedAt(5, 3, [], [])).toBe('usually not known yet')
  })
})
