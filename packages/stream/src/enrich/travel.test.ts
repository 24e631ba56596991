import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Place } from './place.ts'
import { fastestHours, greatCircleKm, travel, travelSurprise } from './travel.ts'

const HALF_TURN_KM = 6371.0088 * Math.PI
const HOUR = 3_600_000

const latitude = fc.double({ min: -90, max: 90, noNaN: true })
const longitude = fc.double({ min: -180, max: 180, noNaN: true })
const point = fc.tuple(latitude, longitude)
const positive = fc.double({ min: 1e-3, max: 1e4, noNaN: true })
const wrong = fc.double({ min: 0.001, max: 0.9, noNaN: true })

function at(latitude: number, longitude: number, more: Partial<Place> = {}): Place {
  return { network: 'n', kind: 'public', networkKind: 'unknown', accuracyKm: 0, latitude, longitude, ...more }
}

const berlin = at(52.52, 13.405)
const sydney = at(-33.87, 151.21)

describe('greatCircleKm', () => {
  it.each([
    [52.52, 13.405, 48.8566, 2.3522, 877.5],
    [51.5074, -0.1278, 40.7128, -74.006, 5570.2],
    [0, 179.5, 0, -179.5, 111.195],
    [89.9, 0, 89.9, 180, 22.239],
  ])('from %d, %d to %d, %d it is %d km', (a, b, c, d, km) => {
    expect(greatCircleKm(a, b, c, d)).toBeCloseTo(km, 0)
  })

  it('is exactly symmetric, never negative, at most half a turn, and 0 to itself', () => {
    fc.assert(
      fc.property(point, point, ([a, b], [c, d]) => {
        const km = greatCircleKm(a, b, c, d)
        expect(km).toBe(greatCircleKm(c, d, a, b))
        expect(km).toBeGreaterThanOrEqual(0)
        expect(km).toBeLessThanOrEqual(HALF_TURN_KM * (1 + 1e-12))
        expect(greatCircleKm(a, b, a, b)).toBe(0)
      }),
    )
  })

  it('keeps its digits near antipodes, where the textbook haversine loses them', () => {
    for (const degrees of [1e-3, 1e-5, 1e-7]) {
      const short = HALF_TURN_KM - greatCircleKm(degrees, 0, 0, 180)
      expect(short / ((degrees / 180) * HALF_TURN_KM)).toBeCloseTo(1, 3)
    }
  })

  it('goes no longer way than over a third place', () => {
    fc.assert(
      fc.property(point, point, point, ([a, b], [c, d], [e, f]) => {
        expect(greatCircleKm(a, b, e, f)).toBeLessThanOrEqual(
          greatCircleKm(a, b, c, d) + greatCircleKm(c, d, e, f) + 1e-6,
        )
      }),
    )
  })
})

describe('travelSurprise', () => {
  it('is 0 while there was time, and finite always', () => {
    fc.assert(
      fc.property(positive, positive, wrong, (needed, hours, w) => {
        const surprise = travelSurprise(needed, hours, w)
        expect(Number.isFinite(surprise)).toBe(true)
        if (needed <= hours) expect(surprise).toBe(0)
        else if (needed > 1.001 * hours) expect(surprise).toBeGreaterThan(0)
        else expect(surprise).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('grows with the time that is needed, and falls with the time that there was', () => {
    fc.assert(
      fc.property(positive, positive, positive, wrong, (needed, hours, more, w) => {
        expect(travelSurprise(needed + more, hours, w)).toBeGreaterThanOrEqual(travelSurprise(needed, hours, w))
        expect(travelSurprise(needed, hours + more, w)).toBeLessThanOrEqual(travelSurprise(needed, hours, w))
      }),
    )
  })

  it('does not jump where plausible ends', () => {
    expect(travelSurprise(1.001, 1, 0.01)).toBeLessThan(1e-4)
    expect(travelSurprise(1.5, 1, 0.01)).toBeGreaterThan(1)
  })

  it('concludes little from a place that is often wrong', () => {
    expect(travelSurprise(20, 1, 0.5)).toBeLessThan(travelSurprise(20, 1, 0.01) - 3)
  })
})

describe('travel', () => {
  it('needs a flight from Berlin to Sydney, and calls an hour impossible', () => {
    const journey = travel(berlin, sydney, HOUR)
    expect(journey?.distanceKm).toBeCloseTo(16_090, -2)
    expect(journey?.neededHours).toBeCloseTo(3 + 16_090 / 800, 0)
    expect(journey?.surprise).toBeGreaterThan(5)
    expect(travel(berlin, sydney, 24 * HOUR)?.surprise).toBe(0)
  })

  it('is the same both ways, also for stamps in the wrong order', () => {
    fc.assert(
      fc.property(point, point, fc.integer({ min: 0, max: 1e9 }), ([a, b], [c, d], elapsed) => {
        const there = travel(at(a, b), at(c, d), elapsed)
        expect(travel(at(c, d), at(a, b), elapsed)).toEqual(there)
        expect(travel(at(a, b), at(c, d), -elapsed)).toEqual(there)
      }),
    )
  })

  it('never says less of a longer way or a shorter time', () => {
    const span = fc.double({ min: 0, max: 90, noNaN: true })
    fc.assert(
      fc.property(
        span,
        span,
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 1e9 }),
        (near, far, t, more) => {
          const surprise = (degrees: number, elapsed: number) =>
            travel(at(0, 0), at(0, degrees), elapsed)?.surprise as number
          expect(surprise(near + far, t)).toBeGreaterThanOrEqual(surprise(near, t))
          expect(surprise(near, t + more)).toBeLessThanOrEqual(surprise(near, t))
        },
      ),
    )
  })

  it('says nothing inside the radii of the two places', () => {
    fc.assert(
      fc.property(point, point, ([a, b], [c, d]) => {
        const radius = greatCircleKm(a, b, c, d) / 2
        const journey = travel(
          at(a, b, { accuracyKm: radius * 1.0001 + 1e-9 }),
          at(c, d, { accuracyKm: radius * 1.0001 }),
          0,
        )
        expect(journey).toMatchObject({ leastKm: 0, speedKmh: 0, surprise: 0 })
      }),
    )
  })

  it('assumes a small radius for a city and a large one for a country', () => {
    const bare = (more: Partial<Place>) => {
      const { accuracyKm: _, ...rest } = at(0, 0, more)
      return rest
    }
    const far = at(0, 9)
    expect(travel(bare({ city: 'x' }), far, HOUR)?.leastKm).toBeCloseTo(1000.8 - 50, 0)
    expect(travel(bare({}), far, HOUR)?.leastKm).toBeCloseTo(0.8, 0)
  })

  it('counts one resolution of the stamps as time that may have passed', () => {
    expect(travel(berlin, sydney, 0)?.hours).toBeCloseTo(1 / 3600, 12)
    expect(travel(berlin, sydney, 0, 60_000)?.hours).toBeCloseTo(1 / 60, 12)
    expect(Number.isFinite(travel(berlin, sydney, 0, 0)?.surprise)).toBe(true)
  })

  it('judges a VPN and a carrier more mildly than a home', () => {
    const surprise = (networkKind: Place['networkKind']) =>
      travel(berlin, { ...sydney, networkKind }, HOUR)?.surprise as number
    expect(surprise('unknown')).toBeGreaterThan(surprise('mobile'))
    expect(surprise('mobile')).toBeGreaterThan(surprise('vpn'))
  })

  it('is left out where a place has no coordinates', () => {
    const nowhere: Place = { network: 'n', kind: 'private', networkKind: 'unknown' }
    expect(travel(berlin, nowhere, HOUR)).toBeUndefined()
    expect(travel(nowhere, berlin, HOUR)).toBeUndefined()
  })
})

describe('fastestHours', () => {
  it('grows without a jump where driving gives way to flying', () => {
    const border = 3 / (1 / 130 - 1 / 800)
    expect(border).toBeCloseTo(466, 0)
    expect(fastestHours(border - 1e-6)).toBeCloseTo(fastestHours(border + 1e-6), 6)
    expect(fastestHours(0)).toBe(0)
  })
})
