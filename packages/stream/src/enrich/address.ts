/** IP addresses: one spelling for each, what kind it is, and the networks around it. */
import ipaddr from 'ipaddr.js'
import { BoundedCache } from './bounded-cache.ts'

/**
 * `shared` is the carriers' 100.64.0.0/10 (RFC 6598): many customers behind one. `public` is everything that the internet
 * may route, also ranges that are reserved for documentation. `invalid`: no address, or none that anybody can come from
 * (unspecified, broadcast, multicast).
 */
export type AddressKind = 'private' | 'shared' | 'loopback' | 'link_local' | 'public' | 'invalid'

export interface Address {
  /** Canonical text: dotted decimal, or RFC 5952; an IPv4-mapped IPv6 address is its IPv4 address. Empty where invalid text. */
  text: string
  kind: AddressKind
  version: 4 | 6 | 0
  /** The network around it that is usually one customer's or one site's: IPv4 /24, IPv6 /48. Empty where invalid text. */
  network: string
  /** The wider one: IPv4 /16, IPv6 /32. */
  wideNetwork: string
  /**
   * What memory goes by. An IPv6 host has a new address every day (RFC 8981) in the /64 of its household or office, so that
   * stands for it; an IPv4 address stands for itself. Empty where invalid text.
   */
  holder: string
}

const NO_ADDRESS: Address = Object.freeze({
  text: '',
  kind: 'invalid',
  version: 0,
  network: '',
  wideNetwork: '',
  holder: '',
})

/** Longest text of an address (an IPv4-mapped one, 45 characters) with brackets and a zone. */
const LONGEST = 64

const KINDS = new Map<string, AddressKind>([
  ['private', 'private'],
  ['uniqueLocal', 'private'],
  ['carrierGradeNat', 'shared'],
  ['loopback', 'loopback'],
  ['linkLocal', 'link_local'],
  ['unspecified', 'invalid'],
  ['broadcast', 'invalid'],
  ['multicast', 'invalid'],
])

function readVersion4(parsed: ipaddr.IPv4): Address {
  const [a, b, c] = parsed.octets
  const text = parsed.toString()
  return {
    text,
    holder: text,
    kind: KINDS.get(parsed.range()) ?? 'public',
    version: 4,
    network: `${a}.${b}.${c}.0/24`,
    wideNetwork: `${a}.${b}.0.0/16`,
  }
}

/** Ranges whose /64 holds strangers: all neighbours' links, or all of IPv4 behind a translator or a tunnel. */
const APART = new Set(['linkLocal', 'loopback', 'unspecified', 'multicast', 'rfc6052', 'rfc6145', 'teredo'])

const prefixOf = ({ parts }: ipaddr.IPv6): number[] => [...parts.slice(0, 4), 0, 0, 0, 0]

function readVersion6(parsed: ipaddr.IPv6): Address {
  if (parsed.isIPv4MappedAddress()) return readVersion4(parsed.toIPv4Address())
  const [a, b, c] = parsed.parts.map((part) => part.toString(16))
  const text = new ipaddr.IPv6(parsed.parts).toRFC5952String()
  return {
    text,
    holder: APART.has(parsed.range()) ? text : `${new ipaddr.IPv6(prefixOf(parsed)).toRFC5952String()}/64`,
    kind: KINDS.get(parsed.range()) ?? 'public',
    version: 6,
    network: c === '0' ? `${a}:${b}::/48` : `${a}:${b}:${c}::/48`,
    wideNetwork: `${a}:${b}::/32`,
  }
}

function parseAddress(text: string): Address {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  // `127.1` and `010.0.0.1` are addresses for some libraries; in a log they are host names or tricks.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return readVersion4(ipaddr.IPv4.parse(bare))
  if (bare.includes(':') && ipaddr.IPv6.isValid(bare)) return readVersion6(ipaddr.IPv6.parse(bare))
  return NO_ADDRESS
}

const recent = new BoundedCache<Address>(8192, parseAddress)

/** What a text says as an address. Never throws; a text that is none gives kind `invalid` and an empty text. Cached: do not write to it. */
export function readAddress(text: string): Address {
  return text.length > LONGEST ? NO_ADDRESS : recent.get(text)
}

/** What the memory of an address goes by: itself, or its /64. A text that is no address stands for itself. */
export const holderOf = (text: string): string => (text.includes(':') ? readAddress(text).holder || text : text)

/** The one spelling of an address, or undefined where the text is none. */
export function canonicalAddress(text: string): string | undefined {
  return readAddress(text).text || undefined
}
