/** Where organisations of this kind have offices, and the days on which those are closed. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { civil } from '../clock.ts'
import { pick, shuffled } from '../draw.ts'
import { type City, cityNamed } from './cities.ts'
import { addressIn, endpointAt, networksOf } from './networks.ts'

export interface Office {
  index: number
  city: City
  /** Towns from which people commute. */
  around: readonly City[]
  /** Short name inside host names. */
  code: string
  /** Public addresses behind which the whole office sits. */
  egress: readonly Endpoint[]
  /** Share of all people. */
  size: number
}

const CANDIDATES: readonly [city: string, code: string, around: readonly string[]][] = [
  ['Berlin', 'ber', ['Berlin', 'Berlin', 'Potsdam']],
  ['London', 'lon', ['London', 'London', 'Reading']],
  ['Paris', 'par', ['Paris', 'Paris', 'Versailles']],
  ['Boston', 'bos', ['Boston', 'Cambridge', 'Worcester']],
  ['Denver', 'den', ['Denver', 'Denver', 'Boulder']],
  ['Toronto', 'yyz', ['Toronto', 'Toronto', 'Hamilton']],
  ['Bengaluru', 'blr', ['Bengaluru']],
  ['Singapore', 'sin', ['Singapore']],
  ['Sydney', 'syd', ['Sydney', 'Sydney', 'Newcastle']],
  ['São Paulo', 'sao', ['São Paulo', 'São Paulo', 'Campinas']],
  ['Warsaw', 'waw', ['Warsaw']],
]

const SIZES = [0.4, 0.24, 0.18, 0.11, 0.07]

/** Three offices for a small organisation, up to five for a large one. */
export function drawOffices(random: Random, users: number): Office[] {
  const count = users < 60 ? 3 : users < 200 ? 4 : 5
  return shuffled(random, CANDIDATES)
    .slice(0, count)
    .map(([name, code, around], index) => {
      const city = cityNamed(name)
      const network = pick(random, networksOf(city.country, 'business'))
      const egress = [0, 1].map(() => endpointAt(addressIn(network, city, random), network, city))
      return { index, city, around: around.map(cityNamed), code, egress, size: SIZES[index] as number }
    })
}

/** Public holidays by country, as month and day. Those that move are tabled by year for what is usually simulated. */
const FIXED: ReadonlyMap<string, readonly string[]> = new Map([
  ['DE', ['1-1', '5-1', '10-3', '12-25', '12-26']],
  ['GB', ['1-1', '12-25', '12-26']],
  ['FR', ['1-1', '5-1', '5-8', '7-14', '8-15', '11-1', '11-11', '12-25']],
  ['US', ['1-1', '6-19', '7-4', '11-11', '12-25']],
  ['CA', ['1-1', '7-1', '12-25', '12-26']],
  ['IN', ['1-26', '8-15', '10-2', '12-25']],
  ['SG', ['1-1', '5-1', '8-9', '12-25']],
  ['AU', ['1-1', '1-26', '4-25', '12-25', '12-26']],
  ['BR', ['1-1', '4-21', '5-1', '9-7', '10-12', '11-2', '11-15', '12-25']],
  ['PL', ['1-1', '1-6', '5-1', '5-3', '8-15', '11-1', '11-11', '12-25', '12-26']],
])

/** Days after Easter Sunday that are free. */
const AROUND_EASTER: ReadonlyMap<string, readonly number[]> = new Map([
  ['DE', [-2, 1, 39, 50]],
  ['GB', [-2, 1]],
  ['FR', [1, 39, 50]],
  ['US', []],
  ['CA', [-2]],
  ['IN', [-2]],
  ['SG', [-2]],
  ['AU', [-2, 1]],
  ['BR', [-48, -47, -2, 60]],
  ['PL', [1, 60]],
])

/** Calendar day of Easter Sunday (Gauss's rule in the form of Meeus, Jones and Butcher). */
export function easter(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return Math.floor(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / 86_400_000)
}

export function isHoliday(country: string, day: number): boolean {
  const { year, month, date } = civil(day)
  if (FIXED.get(country)?.includes(`${month}-${date}`)) return true
  return AROUND_EASTER.get(country)?.includes(day - easter(year)) ?? false
}
