/** Where an event came from: the place and the network of its source, as far as the event itself and the data say. */
import type { AutonomousSystem, Endpoint, Location } from '../event.ts'
import { type Address, type AddressKind, readAddress } from './address.ts'
import { BoundedCache } from './bounded-cache.ts'
import { type NetworkKind, networkKind } from './egress.ts'
import type { Lookup } from './lookup.ts'

export interface Place {
  /** ISO 3166-1 alpha-2. Absent inside the organisation (private ranges) and where nothing is known. */
  country?: string
  city?: string
  /** Degrees, WGS 84: both or neither. */
  latitude?: number
  longitude?: number
  /** Radius in km, where the data says so; `travel` knows what to assume where it does not. */
  accuracyKm?: number
  asn?: number
  asName?: string
  /** A key for memory, never empty: `AS3320` where the autonomous system is known, else the prefix (/24 or /48), else the name. */
  network: string
  /** Canonical text of the address, where there is one. */
  address?: string
  /** `unknown` where no address is known, but a host name or a location is. */
  kind: Exclude<AddressKind, 'invalid'> | 'unknown'
  /** What the network is by trade. */
  networkKind: NetworkKind
}

/** Kept of a name that stands where an address should: names have no prefix. */
const LONGEST_NAME = 64

function hasCoordinates(location: Location): boolean {
  return location.latitude !== undefined && location.longitude !== undefined
}

/** The event's own location wins as a whole; coordinates may come from the data if both name the same country. */
function mergeLocations(said: Location | undefined, found: Location | undefined): Location | undefined {
  if (said === undefined || found === undefined) return said ?? found
  if (hasCoordinates(said) || said.country !== found.country || said.city !== undefined) return said
  return { ...found, ...said }
}

function describeLocation(location: Location | undefined): Partial<Place> {
  if (location === undefined) return {}
  const { country, city, latitude, longitude, accuracyKm } = location
  const described: Partial<Place> = {}
  if (country !== undefined) described.country = country
  if (city !== undefined) described.city = city
  if (latitude !== undefined && longitude !== undefined) Object.assign(described, { latitude, longitude })
  if (accuracyKm !== undefined) described.accuracyKm = accuracyKm
  return described
}

function describeNetwork(system: AutonomousSystem | undefined, otherwise: string) {
  if (system === undefined) return { network: otherwise, networkKind: 'unknown' as const }
  const name = system.name === undefined ? {} : { asName: system.name }
  const kind = networkKind(system.number, system.name)
  return { network: `AS${system.number}`, asn: system.number, ...name, networkKind: kind }
}

function placeOfAddress(address: Address, endpoint: Endpoint, lookup: Lookup): Place {
  const isPublic = address.kind === 'public'
  const found = isPublic ? lookup.location?.(address.text) : undefined
  const system = endpoint.autonomousSystem ?? (isPublic ? lookup.autonomousSystem?.(address.text) : undefined)
  return Object.freeze({
    kind: address.kind as Place['kind'],
    address: address.text,
    ...describeLocation(mergeLocations(endpoint.location, found)),
    ...describeNetwork(system, address.network),
  })
}

/** A host name or a location without an address: the name is the network, else the country. */
function placeWithoutAddress(endpoint: Endpoint): Place | undefined {
  const { hostname, location, autonomousSystem } = endpoint
  if (hostname === undefined && location === undefined && autonomousSystem === undefined) return undefined
  const otherwise =
    hostname === undefined ? `country:${location?.country ?? '?'}` : `name:${hostname.slice(0, LONGEST_NAME)}`
  return Object.freeze({
    kind: 'unknown',
    ...describeLocation(location),
    ...describeNetwork(autonomousSystem, otherwise),
  })
}

/** Places of addresses whose events say nothing of their own: one cache per data, so other data gives other answers. */
const caches = new WeakMap<Lookup, BoundedCache<Place>>()

function cachedPlace(text: string, lookup: Lookup): Place {
  let cache = caches.get(lookup)
  if (cache === undefined) {
    cache = new BoundedCache<Place>(8192, (ip) => placeOfAddress(readAddress(ip), {}, lookup))
    caches.set(lookup, cache)
  }
  return cache.get(text)
}

/**
 * The place of an endpoint, or undefined where nothing is known of it. Frozen and possibly shared: read it only.
 * Geo fields of the event win over the data; private, shared, loopback and link-local addresses are never looked up.
 */
export function place(endpoint: Endpoint, lookup: Lookup): Place | undefined {
  const address = endpoint.ip === undefined ? undefined : readAddress(endpoint.ip)
  if (address === undefined || address.kind === 'invalid') return placeWithoutAddress(endpoint)
  if (endpoint.location !== undefined || endpoint.autonomousSystem !== undefined) {
    return placeOfAddress(address, endpoint, lookup)
  }
  return cachedPlace(address.text, lookup)
}
