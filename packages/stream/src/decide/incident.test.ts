import { describe, expect, it } from 'vitest'
import { FAMILIES, type Family } from '../behaviours/behaviour.ts'
import type { EntityType } from '../event.ts'
import { alertOf, type Contribution, type Incident, joinEvent, sharesOf } from './incident.ts'

const HOUR = 3_600_000

describe('shares of a family', () => {
  it('add up to its largest surprise', () => {
    const shares = sharesOf([3, 7, 0, 7, 5])
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(7, 12)
  })

  it('are the Shapley values of a maximum, as by all orders of three', () => {
    const surprises = [1, 4, 6]
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const expected = [0, 0, 0]
    for (const order of orders) {
      let reached = 0
      for (const member of order) {
        const next = Math.max(reached, surprises[member] as number)
        expected[member] = (expected[member] as number) + (next - reached) / orders.length
        reached = next
      }
    }
    const shares = sharesOf(surprises)
    for (let i = 0; i < 3; i++) expect(shares[i]).toBeCloseTo(expected[i] as number, 12)
  })

  it('are equal for a copied member', () => {
    const [first, second] = sharesOf([5, 5])
    expect(first).toBe(second)
  })
})

describe('an incident', () => {
  const incidentOf = (contributions: readonly Contribution[], type: EntityType = 'address'): Incident => {
    const incident: Incident = {
      id: 'address-e0',
      entity: { type, id: '192.0.2.7' },
      level: 4,
      places: [],
      opened: 0,
      last: 0,
      risk: 0,
      state: 'raised',
      voices: [],
      strongest: [],
      contributions: [],
      surprise: 0,
      modelled: false,
      events: [],
      positions: [],
      total: 0,
      victims: [],
    }
    for (const one of contributions) {
      const { ordinal, time, surprise } = one
      joinEvent(incident, one, [{ family: 'pace', about: '', worth: surprise, time, ordinal }])
    }
    return incident
  }
  const contribution = (ordinal: number, user: string, surprise = 5): Contribution => ({
    event: `e${ordinal}`,
    position: ordinal,
    ordinal,
    time: ordinal,
    surprise,
    modelled: false,
    failed: true,
    vouch: { device: 0, place: 0 },
    user,
    parts: [],
  })

  it('counts each victim once, also those that are not listed', () => {
    const rounds = Array.from({ length: 300 }, (_, i) => contribution(i, `user ${i % 100}`))
    const alert = alertOf(incidentOf(rounds))
    expect(alert.victimsTotal).toBe(100)
    expect(alert.victims.length).toBe(50)
  })

  it('lists whom a network guessed at, as it does of an address, and of a person nobody', () => {
    const round = Array.from({ length: 70 }, (_, i) => contribution(i, `user ${i}`))
    expect(alertOf(incidentOf(round, 'network')).victimsTotal).toBe(70)
    expect(alertOf(incidentOf(round, 'network')).victims).toHaveLength(50)
    expect(alertOf(incidentOf(round, 'user')).victimsTotal).toBe(0)
  })

  it('cites the event that its reasons come from, wherever it came', () => {
    const events = Array.from({ length: 300 }, (_, i) => contribution(i, 'ada', i === 250 ? 20 : 5))
    const alert = alertOf(incidentOf(events))
    expect(alert.events).toContain('e250')
    expect(alert.events.length).toBe(50)
    expect(new Set(alert.events).size).toBe(50)
    expect(alert.events.slice(0, 2)).toEqual(['e0', 'e1'])
    expect(alert.eventsTotal).toBe(300)
  })

  it('cites the events that its risk comes from before those of a later, quieter sitting', () => {
    const incident = incidentOf(Array.from({ length: 50 }, (_, i) => contribution(i, 'ada')))
    const say = (ordinal: number, time: number, worth: number) =>
      joinEvent(incident, { ...contribution(ordinal, 'ada'), time }, [
        { family: FAMILIES[ordinal % 7] as Family, about: `thing ${ordinal}`, worth, time, ordinal },
      ])
    for (let i = 100; i < 120; i++) say(i, HOUR, 6)
    for (let i = 200; i < 240; i++) say(i, 9 * HOUR, 1)
    const { events } = alertOf(incident)
    expect(events).toHaveLength(50)
    for (let i = 100; i < 120; i++) expect(events).toContain(`e${i}`)
  })
})
