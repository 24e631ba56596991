/** Where attackers connect from. The quieter, the nearer to the victim. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { homeOn } from '../day/whereabouts.ts'
import { chance, pick, weighted } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { type Device, drawDevice, LAPTOPS } from '../people/devices.ts'
import { type Person, since } from '../people/person.ts'
import { CITIES, type City, distanceKm } from '../places/cities.ts'
import { addressIn, endpointAt, HOSTING, type Network, networksOf } from '../places/networks.ts'

/** A city that is between two distances from `centre`; the nearest to that where the table has none. */
export function cityAt(random: Random, centre: City, least: number, most: number): City {
  const fitting = CITIES.filter((city) => {
    const km = distanceKm(centre, city)
    return km >= least && km <= most
  })
  if (fitting.length > 0) return pick(random, fitting)
  const middle = (least + most) / 2
  const off = (city: City) => Math.abs(distanceKm(centre, city) - middle)
  return CITIES.reduce((best, city) => (off(city) < off(best) ? city : best))
}

export function endpointOf(random: Random, network: Network, city: City): Endpoint {
  return endpointAt(addressIn(network, city, random), network, city)
}

/** A proxy or a machine in `city`: rented where that country rents any, else at somebody's home. */
export function endpointIn(random: Random, city: City, residential: boolean): Endpoint {
  const rented = HOSTING.filter((network) => network.country === city.country)
  const networks = residential || rented.length === 0 ? networksOf(city.country, 'home') : rented
  return endpointOf(random, pick(random, networks), city)
}

/**
 * Loud: abroad, far away. Medium: the victim's country, another city or a rented machine. Subtle: a proxy at a home in the
 * victim's own city, often of the same provider.
 */
export function hideout(random: Random, victim: Person, day: number, difficulty: Difficulty): Endpoint {
  const home = homeOn(victim, day)
  if (difficulty === 'loud') {
    const abroad = CITIES.filter((city) => city.country !== home.city.country && distanceKm(city, home.city) > 1200)
    return endpointIn(random, pick(random, abroad), chance(random, 0.5))
  }
  if (difficulty === 'medium') {
    const near = CITIES.filter((city) => city.country === home.city.country)
    return endpointIn(random, pick(random, near), chance(random, 0.6))
  }
  const network = chance(random, 0.6) ? home.network : pick(random, networksOf(home.city.country, 'home'))
  return endpointOf(random, network, home.city)
}

/** What the attacker sits at: drawn like everybody's; quiet attackers imitate the victim's system and browser. */
export function disguise(random: Random, victim: Person, day: number, difficulty: Difficulty): Device {
  const mine = drawDevice(random, LAPTOPS, chance(random, 0.3))
  const theirs = since(victim.laptops, day).value
  if (difficulty === 'loud' || (difficulty === 'medium' && chance(random, 0.5))) return mine
  return { ...mine, family: theirs.family, browser: theirs.browser, os: theirs.os, model: theirs.model }
}

/** Different addresses of one provider, as somebody has who pays for a pool of proxies. */
export function proxies(random: Random, country: string, count: number, residential: boolean): Endpoint[] {
  const rented = HOSTING.filter((network) => network.country === country)
  const networks = residential || rented.length === 0 ? networksOf(country, 'home') : rented
  const network = weighted(random, networks, () => 1)
  const cities = CITIES.filter((city) => city.country === country)
  return Array.from({ length: count }, () =>
    endpointOf(random, residential ? pick(random, networks) : network, pick(random, cities)),
  )
}
