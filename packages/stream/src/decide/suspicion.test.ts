import { describe, expect, it } from 'vitest'
import type { Charge } from './charge.ts'
import type { Contribution } from './incident.ts'
import { contributionsOf, forgetSilent, forgetSuspicions, noteSuspicion, type Suspicions } from './suspicion.ts'

const MINUTE = 60_000
const NOON = 20_000 * 86_400_000 + 720 * MINUTE

function charge(ordinal: number, minutes: number, failed: boolean): Charge {
  const contribution: Contribution = {
    event: `e${ordinal}`,
    position: ordinal,
    ordinal,
    time: NOON + minutes * MINUTE,
    surprise: 5,
    modelled: false,
    failed,
    vouch: { device: 0, place: 0 },
    user: 'ada',
    parts: [],
  }
  const voice = { family: failed ? ('pace' as const) : ('place' as const), about: `${ordinal}`, worth: 3, ordinal }
  return { entity: { type: 'user', id: 'ada' }, contribution, voices: [{ ...voice, time: contribution.time }] }
}

const outside = { network: 'AS1', inside: false }
const within = { network: '10.0.0.0/16', inside: true }

describe('a story', () => {
  it('is not forgotten for an event of it that came late', () => {
    const suspicions: Suspicions = new Map()
    noteSuspicion(suspicions, charge(1, 0, false), outside)
    noteSuspicion(suspicions, charge(2, -180, false), outside)
    forgetSuspicions(suspicions, NOON - 60 * MINUTE)
    expect(suspicions.size).toBe(1)
    forgetSuspicions(suspicions, NOON)
    expect(suspicions.size).toBe(0)
  })

  it('begins anew where it was silent for a sitting, though nothing was cleared away meanwhile', () => {
    const suspicions: Suspicions = new Map()
    noteSuspicion(suspicions, charge(1, 0, false), { network: 'AS1', inside: false })
    const story = noteSuspicion(suspicions, charge(2, 121, false), within)
    expect(story.places).toEqual(['10.0.0.0/16'])
    expect([...(suspicions.get('user\nada')?.keys() ?? [])]).toEqual(['10.0.0.0/16'])
  })

  it('is forgotten soon, but for those behind one that goes on', () => {
    const suspicions: Suspicions = new Map()
    const by = (id: string, one: Charge): Charge => ({ ...one, entity: { type: 'user', id } })
    noteSuspicion(suspicions, by('ada', charge(1, 0, false)), outside)
    noteSuspicion(suspicions, by('bob', charge(2, 1, false)), outside)
    noteSuspicion(suspicions, by('eve', charge(3, 200, false)), outside)
    noteSuspicion(suspicions, by('joe', charge(4, 2, false)), outside)
    forgetSilent(suspicions, NOON + 30 * MINUTE)
    expect([...suspicions.keys()]).toEqual(['user\neve', 'user\njoe'])
    forgetSuspicions(suspicions, NOON + 30 * MINUTE)
    expect([...suspicions.keys()]).toEqual(['user\neve'])
  })
})

describe('stories told together', () => {
  const tell = (failed: boolean, minutesLater: number) => {
    const suspicions: Suspicions = new Map()
    noteSuspicion(suspicions, charge(1, 0, failed), outside)
    return noteSuspicion(suspicions, charge(2, minutesLater, false), within)
  }

  it('go on inside with what was entered outside, and know both networks', () => {
    const story = tell(false, 10)
    expect(contributionsOf(story).map(({ event }) => event)).toEqual(['e1', 'e2'])
    expect(story.places).toEqual(['10.0.0.0/16', 'AS1'])
  })

  it('do not with what only knocked', () => {
    expect(contributionsOf(tell(true, 10)).map(({ event }) => event)).toEqual(['e2'])
  })

  it('nor with what lies further back than a sitting', () => {
    expect(contributionsOf(tell(false, 200)).map(({ event }) => event)).toEqual(['e2'])
  })
})
