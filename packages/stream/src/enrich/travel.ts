/** Can somebody have gone from one place to the other in that time? A likelihood, not a limit of speed. */
import type { NetworkKind } from './egress.ts'
import type { Place } from './place.ts'

/** Mean radius of the earth, km (IUGG R₁). */
const EARTH_KM = 6371.0088
const DEGREE = Math.PI / 180

/**
 * Great-circle distance, km: haversine with both halves computed as sums of positive terms, so it loses no digits for
 * neighbours nor for antipodes (Sinnott, "Virtues of the haversine", Sky and Telescope 1984, has only the first).
 * Exactly symmetric.
 */
export function greatCircleKm(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const halfLatitude = ((latitude2 - latitude1) * DEGREE) / 2
  const halfLongitude = ((longitude2 - longitude1) * DEGREE) / 2
  const middle = ((latitude1 + latitude2) * DEGREE) / 2
  const [s, c] = [Math.sin(halfLatitude), Math.cos(halfLatitude)]
  const [sLong, cLong] = [Math.sin(halfLongitude), Math.cos(halfLongitude)]
  const [sMid, cMid] = [Math.sin(middle), Math.cos(middle)]
  const near = s * s * cLong * cLong + cMid * cMid * sLong * sLong
  const far = c * c * cLong * cLong + sMid * sMid * sLong * sLong
  return 2 * EARTH_KM * Math.atan2(Math.sqrt(near), Math.sqrt(far))
}

/** Door to door by car or train, km/h: a motorway without a stop. */
const GROUND_KMH = 130
/** Cruise of an airliner with its climb and descent, km/h, and the hours to, through and from two airports. */
const FLIGHT_KMH = 800
const FLIGHT_OVERHEAD_HOURS = 3

/** The fewest hours that a determined traveller needs for a distance, door to door; they fly from 466 km on. */
export function fastestHours(km: number): number {
  return Math.min(km / GROUND_KMH, FLIGHT_OVERHEAD_HOURS + km / FLIGHT_KMH)
}

/**
 * Radius where the data gives none: a city's databases are right within some 50 km; a country's point is the middle of
 * the country (MaxMind gives such points a radius of 1,000 km).
 */
const CITY_RADIUS_KM = 50
const COUNTRY_RADIUS_KM = 1000

function radiusKm(place: Place): number {
  return place.accuracyKm ?? (place.city === undefined ? COUNTRY_RADIUS_KM : CITY_RADIUS_KM)
}

/**
 * How often a place is not where its person is, beyond the stated radius, by kind of network. Estimates, not
 * measurements: a radius of MaxMind holds 67 % of devices, a VPN's exit is anywhere, and so on.
 */
const WRONG_PLACE: Record<NetworkKind, number> = {
  unknown: 0.01,
  education: 0.01,
  mobile: 0.1,
  hosting: 0.3,
  satellite: 0.3,
  vpn: 0.5,
  proxy: 0.5,
}

/** A place in the wrong country is rarer: MaxMind states that 99.8 % of its countries are right. */
const WRONG_COUNTRY = 0.2

/** How much less likely a wrong place makes haste, per e-fold of it: a way out of a VPN is anywhere, whatever the hurry. */
const MILDLY = 0.15

/** Spread of the logarithm of the fastest time: being a quarter faster than it is one standard deviation. */
const LOG_SPREAD = 0.25

/**
 * Surprise (−ln likelihood) of needing `neededHours` where only `hours` passed: 0 while there was time, then growing
 * smoothly. Two stories are mixed: the person really was that fast (log-normal about the fastest time), or one of the
 * places is wrong (probability `wrong`), which makes haste only mildly less likely. So it never passes −ln wrong by more than
 * MILDLY × ln(neededHours / hours), and always grows with it.
 */
export function travelSurprise(neededHours: number, hours: number, wrong: number): number {
  const haste = Math.log(neededHours / hours)
  if (!(haste > 0)) return 0
  const spread = haste / LOG_SPREAD
  const likelihood = (1 - wrong) * Math.exp(-0.5 * spread * spread) + wrong * Math.exp(-MILDLY * haste)
  return Math.max(0, -Math.log(likelihood))
}

export interface Travel {
  /** Between the two points, km. */
  distanceKm: number
  /** What must have been covered at least: the distance less both radii, km. */
  leastKm: number
  /** Hours that may have passed: between the stamps, and one resolution of them more. */
  hours: number
  /** `leastKm` in those hours, km/h. */
  speedKmh: number
  /** Hours that `leastKm` takes at best. */
  neededHours: number
  /** −ln likelihood; 0 where it is plausible. */
  surprise: number
}

/**
 * The journey between two places, or undefined where one has no coordinates.
 * @param elapsedMs time between the two events; its sign does not matter (logs arrive out of order)
 * @param resolutionMs how fine the stamps are; an auth log's are whole seconds
 */
export function travel(from: Place, to: Place, elapsedMs: number, resolutionMs = 1000): Travel | undefined {
  if (from.latitude === undefined || from.longitude === undefined) return undefined
  if (to.latitude === undefined || to.longitude === undefined) return undefined
  const distanceKm = greatCircleKm(from.latitude, from.longitude, to.latitude, to.longitude)
  const leastKm = Math.max(0, distanceKm - (radiusKm(from) + radiusKm(to)))
  const hours = (Math.abs(elapsedMs) + Math.max(1, resolutionMs)) / 3_600_000
  const neededHours = fastestHours(leastKm)
  const abroad = from.country !== undefined && to.country !== undefined && from.country !== to.country
  const wrong = Math.max(WRONG_PLACE[from.networkKind], WRONG_PLACE[to.networkKind]) * (abroad ? WRONG_COUNTRY : 1)
  const surprise = travelSurprise(neededHours, hours, wrong)
  return { distanceKm, leastKm, hours, speedKmh: leastKm / hours, neededHours, surprise }
}
