import { decode, encode } from '@heedful/detect/contracts/codec'
import type { Plain } from '@heedful/detect/contracts/plain'
import { describe, expect, it } from 'vitest'
import type { EntityRef } from '../event.ts'
import type { Alert } from './alert.ts'
import type { Case } from './case.ts'
import { Decider, type DecideState } from './decide.ts'
import type { Part } from './incident.ts'

const NOON = 20_000 * 86_400_000 + 12 * 3_600_000

const user = (id: string): EntityRef => ({ type: 'user', id })
const address: EntityRef = { type: 'address', id: '192.0.2.7' }

const part = (family: Part['family'], surprise: number, entity: EntityRef): Part => ({
  behaviour: `odd_${family}`,
  title: `Odd ${family}`,
  family,
  entity,
  techniques: ['T1078'],
  surprise,
  text: 'Odd.',
  observed: 'odd',
  expected: 'usual',
  normal: 'usual',
})

function caseOf(ordinal: number, entities: EntityRef[], surprise: number, minutes = ordinal): Case {
  const [first] = entities as [EntityRef]
  return {
    contribution: {
      event: `e${ordinal}`,
      position: ordinal,
      ordinal,
      time: NOON + minutes * 60_000,
      surprise,
      modelled: false,
      failed: false,
      vouch: { device: 0, place: 0 },
      user: first.type === 'user' ? first.id : '',
      parts: [part('place', surprise, first), part('device', surprise, first)],
    },
    entities,
    network: 'AS1',
    inside: false,
    crowded: false,
  }
}

const LOUD = 12
const MILD = 4

/** Decides all cases, saved and opened again before each where `cut`. */
function alertsOf(perDay: number, cases: readonly Case[], cut: boolean): Alert[] {
  const said: Alert[] = []
  const open = (saved?: DecideState) => new Decider(perDay, (alert) => said.push(structuredClone(alert)), saved)
  let decider = open()
  for (const event of cases) {
    if (cut) decider = open(decode(encode(decider.save() as unknown as Plain)) as unknown as DecideState)
    decider.decide(event, false)
    decider.tick(event.contribution.time)
  }
  decider.endDay(NOON + 12 * 3_600_000, true, 300)
  return said
}

describe('the decision', () => {
  it('goes on with an incident of two entities as one, when it was saved and opened', () => {
    const cases = [
      caseOf(1, [user('ada'), address], LOUD),
      caseOf(2, [user('ada')], MILD),
      { ...caseOf(3, [address], MILD), inside: true },
    ]
    const whole = alertsOf(20, cases, false)
    expect(whole.at(-1)?.eventsTotal).toBe(3)
    expect(alertsOf(20, cases, true)).toEqual(whole)
  })

  it('takes later events of all entities of an incident, of a person only from its network', () => {
    const decider = new Decider(20, () => {})
    const { alert } = decider.decide(caseOf(1, [user('ada'), address], LOUD), false)
    expect(decider.decide(caseOf(2, [address], MILD), false)).toMatchObject({ alert, joined: true })
    expect(decider.decide({ ...caseOf(3, [user('ada')], MILD), network: 'AS2' }, false).joined).toBe(false)
    expect(decider.decide(caseOf(4, [user('ada')], MILD), false)).toMatchObject({ alert, joined: true })
  })

  it('goes on with an incident that waits for a token, when it was saved and opened', () => {
    // There is one token a day.
    const cases = [
      caseOf(1, [user('ada')], LOUD),
      caseOf(2, [user('bob')], LOUD),
      caseOf(3, [user('bob')], MILD),
      caseOf(4, [user('bob')], MILD),
    ]
    const whole = alertsOf(1, cases, false)
    expect(whole.at(-1)).toMatchObject({ entity: user('bob'), eventsTotal: 3, state: 'over_budget' })
    expect(alertsOf(1, cases, true)).toEqual(whole)
  })

  it('tells which events an alert holds, those before it too', () => {
    const decider = new Decider(20, () => {})
    const before = caseOf(1, [user('ada')], 5)
    before.contribution.parts = [part('privilege', 5, user('ada'))]
    expect(decider.decide(before, false)).toMatchObject({ events: [], joined: false })
    const { alert, events } = decider.decide(caseOf(2, [user('ada')], LOUD), false)
    expect(alert).toMatch(/^user-[0-9a-f]{16}$/)
    expect(events.map(({ user, event }) => [user, event])).toEqual([
      ['ada', 'e1'],
      ['ada', 'e2'],
    ])
    const joined = decider.decide(caseOf(3, [user('ada')], LOUD), false)
    expect(joined).toMatchObject({ alert, joined: true })
    expect(joined.events.map(({ event }) => event)).toEqual(['e3'])
  })

  it('gives alerts ids of their own where two sources number their events alike', () => {
    const decider = new Decider(20, () => {})
    const [ada, bob] = [caseOf(1, [user('ada')], LOUD), caseOf(2, [user('bob')], LOUD)]
    bob.contribution.event = ada.contribution.event
    const later = caseOf(3, [user('ada')], LOUD, 5000)
    later.contribution.event = ada.contribution.event
    const ids = [ada, bob, later].map((event) => decider.decide(event, false).alert)
    expect(new Set(ids).size).toBe(3)
    expect(new Decider(20, () => {}).decide(ada, false).alert).toBe(ids[0])
  })

  it('goes on telling what an alert that was over budget has become, and raises it when it grew and there is a token', () => {
    const said: Alert[] = []
    const decider = new Decider(1, (alert) => said.push(alert))
    const bob = [user('bob')]
    decider.decide(caseOf(1, [user('ada')], LOUD), false)
    decider.decide(caseOf(2, bob, 6), false)
    expect(said).toHaveLength(1)
    decider.endDay(NOON + 12 * 3_600_000, true, 300)
    expect(said.at(-1)).toMatchObject({ entity: user('bob'), state: 'over_budget', eventsTotal: 1 })
    decider.decide(caseOf(3, bob, MILD, 13 * 60), false)
    expect(said.at(-1)).toMatchObject({ entity: user('bob'), state: 'over_budget', eventsTotal: 2 })
    decider.decide(caseOf(4, bob, LOUD, 13 * 60 + 1), false)
    expect(said.at(-1)).toMatchObject({ entity: user('bob'), state: 'raised', eventsTotal: 3 })
    decider.decide(caseOf(5, [user('eve')], LOUD, 13 * 60 + 2), false)
    expect(said.at(-1)?.entity, 'the token is spent').toEqual(user('bob'))
  })

  it('does not call an alert less severe because later days are louder', () => {
    const said: Alert[] = []
    const decider = new Decider(20, (alert) => said.push(alert))
    decider.decide(caseOf(1, [user('ada')], LOUD), false)
    const louder = decider.save()
    louder.level.level = 40
    const later = new Decider(20, (alert) => said.push(alert), louder)
    later.decide(caseOf(2, [user('ada')], MILD), false)
    expect(later.level).toBe(40)
    expect(said).toHaveLength(2)
    expect(said[1]?.risk).toBe(said[0]?.risk)
    expect(said[1]?.severity).toBe(said[0]?.severity)
  })

  it('is taken down as it was, whatever is decided meanwhile', () => {
    const decider = new Decider(1, () => {})
    const people = Array.from({ length: 20 }, (_, i) => [user(`u${i}`)])
    const decideAll = (minutes: number) => {
      for (const [i, entities] of people.entries())
        decider.decide(caseOf(minutes + i, entities, i % 5 === 0 ? LOUD : 3, minutes), false)
      decider.rehearse(caseOf(minutes, [user('eve')], MILD, minutes))
    }
    decideAll(0)
    const frozen = decider.freeze()
    const expected = structuredClone(decider.save())
    expect([
      expected.suspicions.size,
      expected.rehearsed.size,
      expected.incidents.size,
      expected.waiting.length,
    ]).toEqual([20, 1, 4, 3])
    for (const minutes of [30, 110, 200, 400]) {
      decideAll(minutes)
      decider.tick(NOON + minutes * 60_000)
    }
    decider.endDay(NOON + 12 * 3_600_000, true, 300)
    while (frozen.step());
    expect(frozen.state()).toEqual(expected)
    expect([...frozen.state().suspicions.keys()]).toEqual([...expected.suspicions.keys()])
  })
})
