import { describe, expect, it } from 'vitest'
import { FAMILIES, type Family } from '../behaviours/behaviour.ts'
import { logEvidence, worthsOf } from './e-value.ts'
import { LEAST_TOLD } from './evidence.ts'

const nobody = { device: 0, place: 0 }
const said = (family: Family, surprise: number) => ({ family, surprise })

describe('trap: dependent detectors are fused as if they were independent', () => {
  const alone = [said('place', 6), said('reach', 4)]

  it('a copy of a member, or a fainter one of its family, changes nothing', () => {
    const worths = worthsOf(alone, nobody)
    expect(worthsOf([...alone, ...alone], nobody)).toEqual(worths)
    expect(worthsOf([...alone, said('place', 5.9)], nobody)).toEqual(worths)
    expect(worthsOf([...alone, said('device', 6)], nobody)).not.toEqual(worths)
  })

  it('what is only a little unusual adds nothing, however many families say it', () => {
    expect(
      worthsOf(
        FAMILIES.map((family) => said(family, LEAST_TOLD)),
        nobody,
      ),
    ).toEqual(new Float64Array(FAMILIES.length))
  })
})

describe('what a surprise is worth', () => {
  it('begins just above the surprise from which on it is told', () => {
    for (const family of FAMILIES) {
      expect(logEvidence(family, LEAST_TOLD, nobody)).toBe(0)
      expect(logEvidence(family, LEAST_TOLD + 0.02, nobody)).toBeGreaterThan(0)
    }
  })

  it('is the logarithm of an e-value: its mean over innocent surprises is one, but for what is cut at one', () => {
    for (const family of FAMILIES) {
      let mean = 0
      const step = 1e-3
      // An innocent surprise is exponential. Below the least it is worth less than one, which counts as one.
      for (let surprise = step / 2; surprise < 200; surprise += step)
        mean += step * Math.exp(logEvidence(family, surprise, nobody) - surprise)
      expect(mean).toBeGreaterThan(1)
      expect(mean).toBeLessThan(1.5)
    }
  })

  it('is less where the own device or place speaks for somebody, never more, and never against', () => {
    for (const family of FAMILIES) {
      const whole = logEvidence(family, 7, nobody)
      const left = logEvidence(family, 7, { device: 1, place: 1 })
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThan(whole)
      expect(logEvidence(family, 7, { device: 0.5, place: 0.5 })).toBeGreaterThan(left)
    }
    expect(logEvidence('device', 7, { device: 1, place: 0 }), 'a device does not speak for itself').toBe(
      logEvidence('device', 7, nobody),
    )
  })
})
