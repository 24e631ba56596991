import { describe, expect, it } from 'vitest'
import { ATTACKS } from './attacks/registry.ts'
import { DAY } from './clock.ts'
import type { LabelledEvent } from './labelled.ts'
import { type SimulateOptions, simulate } from './simulate.ts'
import { toEcs } from './write/ecs.ts'
import { openEcsLog } from './write/labelled-log.ts'
import { labelRow } from './write/labels.ts'

const SMALL: SimulateOptions = { users: 60, days: 30, seed: 7 }

function linesOf(options: SimulateOptions): string[] {
  const simulation = simulate(options)
  const log = openEcsLog()
  const written = [...simulation.events].flatMap((one) => Object.values(log.write(one)).flat())
  return [...written, log.campaigns(simulation.campaigns, simulation.lookAlikes)]
}

function run(options: SimulateOptions) {
  const simulation = simulate(options)
  const events = [...simulation.events]
  return { ...simulation, events }
}

describe('simulate', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const first = linesOf(SMALL)
    expect(linesOf(SMALL)).toEqual(first)
    expect(linesOf({ ...SMALL, seed: 8 })).not.toEqual(first)
  })

  it('changes nothing benign when attacks are left out', () => {
    const withAttacks = run(SMALL)
    const without = run({ ...SMALL, withoutAttacks: true })
    const benign = (events: LabelledEvent[]) =>
      events
        .filter((one) => one.campaign === undefined)
        .map((one) => `${toEcs(one.event)} ${labelRow(one.event.id, one)}`)
    expect(benign(without.events)).toEqual(benign(withAttacks.events))
    expect(without.events.some((one) => one.campaign !== undefined)).toBe(false)
    expect(withAttacks.events.length).toBeGreaterThan(without.events.length)
    expect(without.lookAlikes).toEqual(withAttacks.lookAlikes)
    expect(without.campaigns).toEqual([])
  })

  it('gives events in order of time and id, inside the span, with ids of their own and consecutive positions', () => {
    const { events, span } = run(SMALL)
    expect(new Set(events.map((one) => one.event.id)).size).toBe(events.length)
    events.forEach(({ event }, i) => {
      const before = events[i - 1]?.event
      if (before !== undefined)
        expect(before.time < event.time || (before.time === event.time && before.id < event.id)).toBe(true)
      if (event.time < span.from || event.time >= span.to || event.position !== i)
        throw new Error(JSON.stringify(event))
    })
  })

  it('teaches for a third of the span, at most fourteen days, before the first attack', () => {
    const { events, span } = run(SMALL)
    const attacks = events.filter((one) => one.campaign !== undefined)
    expect(attacks.length).toBeGreaterThan(10)
    expect(Math.min(...attacks.map((one) => one.event.time))).toBeGreaterThanOrEqual(span.teachUntil)
    expect(span.teachUntil).toBe(span.from + 10 * DAY)
    expect(simulate({ users: 10, days: 90, seed: 1 }).span.teachUntil).toBe(span.from + 14 * DAY)
  })

  it('begins no more than three campaigns a day for 300 people, of many kinds and all difficulties', () => {
    const { campaigns, events, summary } = run({ users: 300, days: 42, seed: 3 })
    const perDay = new Map<number, number>()
    for (const one of campaigns) {
      expect(one.events.length).toBeGreaterThan(0)
      const day = Math.floor((one.firstTime + 3 * 3_600_000) / DAY)
      perDay.set(day, (perDay.get(day) ?? 0) + 1)
    }
    expect(campaigns.length).toBeLessThanOrEqual(3 * 28)
    expect(campaigns.length).toBeGreaterThan(25)
    expect(Math.max(...perDay.values())).toBeLessThanOrEqual(5)
    expect(new Set(campaigns.map((one) => one.kind)).size).toBeGreaterThan(14)
    expect(new Set(campaigns.map((one) => one.difficulty)).size).toBe(3)
    expect(events.length).toBeGreaterThan(110_000)
    expect(events.length).toBeLessThan(170_000)
    expect(summary.failedLogOns / summary.logOns).toBeGreaterThan(0.03)
    expect(summary.failedLogOns / summary.logOns).toBeLessThan(0.09)
  })

  it('gives each kind of attack at least as many look-alikes, and says how they differ', () => {
    const { campaigns, lookAlikes, span } = run({ users: 300, days: 42, seed: 5 })
    for (const kind of ATTACKS) {
      const attacks = campaigns.filter((one) => one.kind === kind.kind).length
      const twins = lookAlikes.filter(
        (one) => one.resembles === kind.kind && one.lastTime >= span.teachUntil && one.events.length > 0,
      )
      expect(twins.length, kind.kind).toBeGreaterThanOrEqual(attacks)
      expect(kind.twin.difference.length).toBeGreaterThan(20)
      expect(kind.techniques.every((id) => /^T\d{4}(\.\d{3})?$/.test(id))).toBe(true)
    }
  })

  it('names in every campaign the entities of its events', () => {
    const { campaigns, events } = run(SMALL)
    for (const campaign of campaigns) {
      const known = new Set([...campaign.used, ...campaign.attacked].map((one) => `${one.type} ${one.id}`))
      const own = events.filter((one) => one.campaign === campaign.id && one.event.unknownUser !== true)
      for (const { event } of own) {
        const names = [`user ${event.user?.name}`, `user ${event.actor?.name}`, `address ${event.srcEndpoint?.ip}`]
        expect(
          names.some((name) => known.has(name)),
          `${campaign.kind} ${JSON.stringify(event)}`,
        ).toBe(true)
      }
    }
  })

  it('refuses options out of range, naming the way out', () => {
    expect(() => simulate({ users: 1, days: 3, seed: 1 })).toThrow(/SIM-USERS.*from 2/)
    expect(() => simulate({ users: 10, days: 0, seed: 1 })).toThrow(/SIM-DAYS/)
    expect(() => simulate({ users: 10, days: 3, seed: Number.NaN })).toThrow(/SIM-SEED/)
    expect(() => simulate({ users: 10, days: 3, seed: 1, teachDays: -1 })).toThrow(/SIM-TEACH/)
  })

  it('runs for small organisations and single days', () => {
    expect(run({ users: 2, days: 1, seed: 1 }).campaigns).toEqual([])
    expect(run({ users: 12, days: 9, seed: 2 }).events.length).toBeGreaterThan(200)
  })
})
