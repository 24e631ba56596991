import { createRandom } from '@heedful/detect/contracts/random'
import { describe, expect, it } from 'vitest'
import { DAY, dayIn, HOUR, hourIn, wall, weekday } from './clock.ts'
import { workday } from './day/workday.ts'
import type { LabelledEvent } from './labelled.ts'
import { drawOrganisation } from './people/organisation.ts'
import { isPresent } from './people/person.ts'
import { CITIES, type City, cityNamed, distanceKm } from './places/cities.ts'
import { NETWORKS, toNumber } from './places/networks.ts'
import { easter, isHoliday } from './places/offices.ts'
import { simulate } from './simulate.ts'
import type { World } from './world.ts'

const FIRST = Date.UTC(2026, 1, 23) / DAY

function world(users: number, seed: number): World {
  const random = createRandom(seed)
  const organisation = drawOrganisation(random, users, { first: FIRST, last: FIRST + 41 })
  return { random, organisation, firstDay: FIRST, lastDay: FIRST + 41, teachUntil: FIRST + 14 }
}

describe('the calendar', () => {
  it('knows when Easter is, and who is free then', () => {
    expect(easter(2026) * DAY).toBe(Date.UTC(2026, 3, 5))
    expect(easter(2024) * DAY).toBe(Date.UTC(2024, 2, 31))
    expect(isHoliday('DE', Date.UTC(2026, 3, 3) / DAY)).toBe(true)
    expect(isHoliday('US', Date.UTC(2026, 3, 3) / DAY)).toBe(false)
  })

  it('follows daylight saving: nine in Berlin is eight in winter and seven in summer', () => {
    expect(wall('Europe/Berlin', Date.UTC(2026, 2, 28) / DAY, 9)).toBe(Date.UTC(2026, 2, 28, 8))
    expect(wall('Europe/Berlin', Date.UTC(2026, 2, 30) / DAY, 9)).toBe(Date.UTC(2026, 2, 30, 7))
    expect(() => wall('Mars/Olympus', 0, 0)).toThrow(/SIM-ZONE/)
  })
})

describe('networks', () => {
  it('do not overlap', () => {
    const blocks = NETWORKS.map((one) => ({
      from: toNumber(one.base),
      to: toNumber(one.base) + 2 ** (32 - one.prefix) - 1,
      name: one.name,
    }))
    blocks.sort((a, b) => a.from - b.from)
    blocks.forEach((block, i) => {
      const next = blocks[i + 1]
      if (next !== undefined) expect(block.to, `${block.name} and ${next.name}`).toBeLessThan(next.from)
    })
  })
})

describe('people', () => {
  it('do nothing while they are on leave, before they join and after they left', () => {
    const { organisation, ...rest } = world(120, 4)
    let absent = 0
    for (const person of organisation.people) {
      for (let day = FIRST; day < FIRST + 42; day++) {
        if (isPresent(person, day)) continue
        absent++
        const out: LabelledEvent[] = []
        workday({ organisation, ...rest }, person, day, out)
        expect(out).toEqual([])
      }
    }
    expect(absent).toBeGreaterThan(100)
  })

  it('work by day and on weekdays, on the clocks of their offices', () => {
    const { organisation, ...rest } = world(150, 5)
    let night = 0
    let weekend = 0
    let all = 0
    for (const person of organisation.people) {
      if (person.rhythm.shifts !== undefined) continue
      const out: LabelledEvent[] = []
      for (let day = FIRST; day < FIRST + 14; day++) workday({ organisation, ...rest }, person, day, out)
      for (const { event } of out) {
        const hour = hourIn(person.office.city.zone, event.time)
        const day = weekday(dayIn(person.office.city.zone, event.time))
        all++
        if (hour < 5) night++
        if (day === 0 || day === 6) weekend++
      }
    }
    expect(night / all).toBeLessThan(0.01)
    expect(weekend / all).toBeLessThan(0.06)
    expect(weekend / all).toBeGreaterThan(0.005)
  })

  it('have account names that are all different, some of them odd', () => {
    const names = world(300, 6).organisation.people.map((person) => person.name)
    expect(new Set(names).size).toBe(300)
    expect(names).toContain('__proto__')
  })
})

describe('travellers', () => {
  it('move no faster than planes fly, from one log-in to the next with their own devices', () => {
    const simulation = simulate({ users: 300, days: 42, seed: 21, withoutAttacks: true })
    const trips = new Set<string>()
    const byUser = new Map<string, LabelledEvent[]>()
    for (const one of simulation.events) {
      const { event } = one
      if (event.srcEndpoint?.location === undefined || event.status !== 'success' || event.unknownUser) continue
      const name = event.user?.name ?? ''
      const list = byUser.get(name)
      if (list === undefined) byUser.set(name, [one])
      else list.push(one)
    }
    for (const story of simulation.lookAlikes) if (story.kind === 'business_trip') trips.add(story.id)
    let moves = 0
    let fast = 0
    for (const events of byUser.values()) {
      events.forEach((one, i) => {
        const before = events[i - 1]
        if (before === undefined) return
        const travels = trips.has(one.lookAlike ?? '') !== trips.has(before.lookAlike ?? '')
        const from = before.event.srcEndpoint?.location
        const to = one.event.srcEndpoint?.location
        if (!travels || from?.city === undefined || to?.city === undefined) return
        const km = distanceKm(cityNamed(from.city), cityNamed(to.city))
        moves++
        if (km / Math.max(0.01, (one.event.time - before.event.time) / HOUR) > 950) fast++
      })
    }
    expect(moves).toBeGreaterThan(10)
    // A carrier's gateway may be placed in another city of the country, so that a few look faster than they were.
    expect(fast / moves).toBeLessThan(0.1)
  })
})

describe('impossible travel', () => {
  it('is impossible: no plane reaches the attacker from where the owner is before, or after', () => {
    const simulation = simulate({ users: 300, days: 42, seed: 22 })
    const events = [...simulation.events]
    const travels = simulation.campaigns.filter((one) => one.kind.includes('impossible_travel'))
    expect(travels.length).toBeGreaterThan(3)
    for (const campaign of travels) {
      const user = campaign.attacked[0]?.id
      const seen = events.filter(
        ({ event }) =>
          event.user?.name === user && event.status === 'success' && event.srcEndpoint?.location !== undefined,
      )
      const first = seen.findIndex((one) => one.campaign === campaign.id)
      if (first < 0) continue
      const speeds = seen
        .slice(Math.max(0, first - 40), first + 60)
        .filter((one) => one.campaign === undefined)
        .map((other) => {
          const attack = seen[first] as LabelledEvent
          const cities = [attack, other].map((one) => cityNamed(one.event.srcEndpoint?.location?.city ?? ''))
          const hours = Math.abs(attack.event.time - other.event.time) / HOUR
          return distanceKm(cities[0] as City, cities[1] as City) / Math.max(0.02, hours)
        })
      expect(Math.max(...speeds), campaign.id).toBeGreaterThan(900)
    }
  })
})

describe('cities', () => {
  it('lie where they are', () => {
    expect(distanceKm(cityNamed('Berlin'), cityNamed('Paris'))).toBeCloseTo(878, -1)
    expect(new Set(CITIES.map((city) => city.name)).size).toBe(CITIES.length)
    expect(() => cityNamed('Atlantis')).toThrow(/SIM-CITY/)
  })
})
