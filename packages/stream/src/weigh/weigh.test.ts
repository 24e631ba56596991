import { createRandom } from '@heedful/detect/contracts/random'
import { describe, expect, it } from 'vitest'
import { rareCountry } from '../behaviours/rare-country.ts'
import type { Event } from '../event.ts'
import type { Seen } from '../features/feature.ts'
import type { Evidence } from './evidence.ts'
import { type Weighed, Weigher } from './weigh.ts'

const evidence = (score: number, maturity: number, id = 'ada'): Evidence => ({
  behaviour: rareCountry,
  entity: { type: 'user', id },
  values: {},
  score,
  maturity,
  surprise: 0,
  told: undefined,
})

const nobody = { device: 0, place: 0 }

const weighed = (sum: number, owner = ''): Weighed => ({
  whole: { sum, surprise: 0, modelled: false },
  news: { sum, surprise: 0, modelled: false },
  owner,
  worths: Float64Array.of(sum, 0, 0, 0, 0, 0, 0),
  kind: 'authentication success',
  weights: [],
  vouch: nobody,
})

const SEASONED = 100
const NEW = 1

/** Taught scores that are exponential with that mean, of many people; one day ends. */
function taught(groups: readonly { maturity: number; mean: number; strange?: number }[]): Weigher {
  const weigher = new Weigher()
  const random = createRandom(3)
  let person = 0
  for (const { maturity, mean, strange = 0 } of groups) {
    for (let i = 0; i < 2000; i++) {
      const score = i < strange ? 11 : -mean * Math.log(1 - random.next())
      const id = `person ${person++}`
      weigher.learn(weighed(0, id), [evidence(score, maturity, id)], random.integer(0x1_0000_0000), true)
    }
  }
  weigher.endEpoch()
  for (let i = 0; i < 20; i++) weigher.tick()
  return weigher
}

describe('trap: strange scores are never learned again', () => {
  it('what is strange at a rate is that surprising, not more', () => {
    const clean = taught([{ maturity: SEASONED, mean: 1 }])
    const rate = 0.05
    const mixed = taught([{ maturity: SEASONED, mean: 1, strange: 2000 * rate }])
    expect(clean.surpriseOf(evidence(10.5, SEASONED))).toBeGreaterThan(6)
    expect(mixed.surpriseOf(evidence(10.5, SEASONED))).toBeCloseTo(-Math.log(rate), 1)
  })
})

describe('scores of what may be an attack', () => {
  it('teach no behaviour what is usual', () => {
    const weigher = taught([{ maturity: SEASONED, mean: 1 }])
    const before = weigher.surpriseOf(evidence(10.5, SEASONED))
    for (let i = 0; i < 500; i++) weigher.learn(weighed(9, `p${i}`), [evidence(11, SEASONED, `p${i}`)], i, false)
    weigher.endEpoch()
    for (let i = 0; i < 20; i++) weigher.tick()
    expect(weigher.surpriseOf(evidence(10.5, SEASONED))).toBe(before)
  })
})

describe('trap: one answer for everyone who is new', () => {
  it('newcomers are compared with newcomers, whose scores are larger', () => {
    const weigher = taught([
      { maturity: NEW, mean: 3 },
      { maturity: SEASONED, mean: 0.5 },
    ])
    const [fresh, seasoned] = [NEW, SEASONED].map((maturity) => weigher.surpriseOf(evidence(5, maturity)))
    expect(fresh).toBeCloseTo(5 / 3, 0)
    expect(seasoned).toBe(5)
  })
})

describe('a surprise', () => {
  it('is what both the own habit and the scores of others find so', () => {
    const weigher = taught([{ maturity: SEASONED, mean: 2 }])
    expect(weigher.surpriseOf(evidence(0, SEASONED))).toBe(0)
    for (let score = 0.5; score < 30; score += 0.5) {
      const surprise = weigher.surpriseOf(evidence(score, SEASONED))
      expect(surprise).toBeLessThanOrEqual(Math.min(score, 12))
      expect(surprise).toBeGreaterThanOrEqual(weigher.surpriseOf(evidence(score - 0.5, SEASONED)))
    }
  })

  it('does not depend on what else is asked, nor on what was learned since the last day ended', () => {
    const weigher = taught([{ maturity: SEASONED, mean: 1 }])
    const before = weigher.surpriseOf(evidence(4, SEASONED))
    for (let i = 0; i < 500; i++) weigher.learn(weighed(0, `p${i}`), [evidence(9, SEASONED, `p${i}`)], i, true)
    weigher.tick()
    expect(weigher.surpriseOf(evidence(4, SEASONED))).toBe(before)
    weigher.endEpoch()
    weigher.tick()
    expect(weigher.surpriseOf(evidence(4, SEASONED))).toBeLessThan(before)
  })

  it('is none where nobody knows what is usual, unless the behaviour brings its own', () => {
    expect(new Weigher().surpriseOf(evidence(9, SEASONED))).toBe(0)
  })
})

describe('trap: a new laptop that is seen all day is as many rare events', () => {
  const login = (account: string): Seen => {
    const event = { class: 'authentication', status: 'success' } as Event
    return { event, context: {}, account, stranger: false } as Seen
  }
  const SURPRISING = 9
  const says = (account: string, surprise: number): [Seen, Evidence[]] => [
    login(account),
    [{ ...evidence(surprise, SEASONED, account), surprise }],
  ]

  /** Of 4,000 people one in ten was surprising, and went on to be so twice. */
  function followed(): Weigher {
    const weigher = taught([{ maturity: SEASONED, mean: 1 }])
    const random = createRandom(5)
    for (let person = 0; person < 4000; person++) {
      for (let time = 0; time < (person % 10 === 0 ? 3 : 1); time++) {
        const [seen, said] = says(`p${person}`, person % 10 === 0 ? SURPRISING : 0)
        const weighed = weigher.weigh(seen, said, nobody, true)
        weigher.note(weighed)
        weigher.learn(weighed, said, random.integer(0x1_0000_0000), true)
      }
    }
    weigher.endEpoch()
    for (let i = 0; i < 20; i++) weigher.tick()
    return weigher
  }

  it('the first is rare among all, and the next are not, whatever they say together', () => {
    const weigher = followed()
    const first = weigher.weigh(...says('ada', SURPRISING), nobody, true)
    expect(first.news.surprise).toBeCloseTo(-Math.log(400 / 4800), 1)
    weigher.note(first)
    const next = weigher.weigh(...says('ada', SURPRISING), nobody, true)
    expect(next.news.surprise).toBeCloseTo(-Math.log(1200 / 4800), 1)
    expect(next.whole).toEqual(first.whole)
    expect(next.whole.surprise).toBeCloseTo(-Math.log(1200 / 4800), 1)
    expect(weigher.weigh(...says('bob', SURPRISING), nobody, true).news).toEqual(first.news)
  })

  it('stories that may be attacks teach nothing of what is news', () => {
    const weigher = followed()
    const before = weigher.weigh(...says('ada', SURPRISING), nobody, true).news.surprise
    for (let i = 0; i < 500; i++) {
      const [seen, said] = says(`thief ${i}`, SURPRISING)
      weigher.learn(weigher.weigh(seen, said, nobody, true), said, i, false)
    }
    weigher.endEpoch()
    for (let i = 0; i < 20; i++) weigher.tick()
    const after = weigher.weigh(...says('ada', SURPRISING), nobody, true)
    expect(after.news.surprise).toBe(before)
    expect(after.whole.surprise).not.toBe(before)
  })
})
