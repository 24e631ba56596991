/** Which network an address is in: sorted ranges in typed arrays, 16 bytes an IPv4 range; answers in some 20 comparisons. */
import type { AutonomousSystem } from '@heedful/stream'

/** 128 bits as two halves; IPv4 in the low 32 of `low`. */
export interface AddressBits {
  version: 4 | 6
  high: bigint
  low: bigint
}

const MASK = 0xffff_ffff_ffff_ffffn

function readVersion4(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined
    value = value * 256 + Number(part)
  }
  return value
}

function readVersion6(text: string): bigint | undefined {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text)) return undefined
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const mapped = tail === null ? undefined : readVersion4(tail[2] as string)
  if (tail !== null && mapped === undefined) return undefined
  const whole =
    tail === null || mapped === undefined
      ? text
      : `${tail[1]}${Math.floor(mapped / 65536).toString(16)}:${(mapped % 65536).toString(16)}`
  const halves = whole.split('::')
  if (halves.length > 2) return undefined
  const words = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - words.reduce((sum, half) => sum + half.length, 0)
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all =
    halves.length === 1
      ? (words[0] as string[])
      : [...(words[0] as string[]), ...Array<string>(missing).fill('0'), ...(words[1] as string[])]
  if (!all.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined
  return BigInt(`0x${all.map((word) => word.padStart(4, '0')).join('')}`)
}

/** Undefined where the text is no address. */
export function readBits(text: string): AddressBits | undefined {
  const four = readVersion4(text)
  if (four !== undefined) return { version: 4, high: 0n, low: BigInt(four) }
  const six = readVersion6(text)
  return six === undefined ? undefined : { version: 6, high: six >> 64n, low: six & MASK }
}

/** First and last address of `10.0.0.0/8`. */
export function readRange(cidr: string): [AddressBits, AddressBits] | undefined {
  const [text, bitsText] = cidr.split('/')
  const start = readBits(text ?? '')
  const bits = Number(bitsText)
  if (start === undefined || bitsText === undefined || !Number.isInteger(bits)) return undefined
  const width = start.version === 4 ? 32 : 128
  if (bits < 0 || bits > width) return undefined
  const size = 1n << BigInt(width - bits)
  const from = (((start.high << 64n) | start.low) / size) * size
  const to = from + size - 1n
  const half = (value: bigint): AddressBits => ({ version: start.version, high: value >> 64n, low: value & MASK })
  return [half(from), half(to)]
}

interface Range {
  start: AddressBits
  end: AddressBits
  system: number
}

interface Sorted {
  starts: BigUint64Array
  ends: BigUint64Array
  systems: Uint32Array
  /** IPv6 only: the low halves. */
  lowStarts: BigUint64Array
  lowEnds: BigUint64Array
}

/** IPv4 ranges sort by `low` alone, IPv6 ones by both halves. */
function sortRanges(ranges: Range[]): Sorted {
  ranges.sort((a, b) => compare(a.start, b.start))
  const main = (bits: AddressBits) => (bits.version === 4 ? bits.low : bits.high)
  return {
    starts: BigUint64Array.from(ranges, ({ start }) => main(start)),
    ends: BigUint64Array.from(ranges, ({ end }) => main(end)),
    lowStarts: BigUint64Array.from(ranges, ({ start }) => (start.version === 4 ? 0n : start.low)),
    lowEnds: BigUint64Array.from(ranges, ({ end }) => (end.version === 4 ? 0n : end.low)),
    systems: Uint32Array.from(ranges, ({ system }) => system),
  }
}

const compare = (a: AddressBits, b: AddressBits) =>
  a.high !== b.high ? (a.high < b.high ? -1 : 1) : a.low !== b.low ? (a.low < b.low ? -1 : 1) : 0

export class NetworkTable {
  private readonly ranges: { 4: Range[]; 6: Range[] } = { 4: [], 6: [] }
  private sorted: { 4: Sorted; 6: Sorted } | undefined
  private readonly systems: AutonomousSystem[] = []
  private readonly index = new Map<string, number>()

  get size(): number {
    return this.ranges[4].length + this.ranges[6].length
  }

  add(start: AddressBits, end: AddressBits, system: AutonomousSystem): void {
    const key = `${system.number} ${system.name ?? ''}`
    let place = this.index.get(key)
    if (place === undefined) {
      place = this.systems.push(system) - 1
      this.index.set(key, place)
    }
    this.ranges[start.version].push({ start, end, system: place })
    this.sorted = undefined
  }

  find(text: string): AutonomousSystem | undefined {
    const bits = readBits(text)
    if (bits === undefined) return undefined
    this.sorted ??= { 4: sortRanges(this.ranges[4]), 6: sortRanges(this.ranges[6]) }
    const { starts, ends, lowStarts, lowEnds, systems } = this.sorted[bits.version]
    const [main, rest] = bits.version === 4 ? [bits.low, 0n] : [bits.high, bits.low]
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const start = starts[middle] as bigint
      if (start < main || (start === main && (lowStarts[middle] as bigint) <= rest)) low = middle + 1
      else high = middle
    }
    const at = low - 1
    if (at < 0) return undefined
    const end = ends[at] as bigint
    const inside = main < end || (main === end && rest <= (lowEnds[at] as bigint))
    return inside ? this.systems[systems[at] as number] : undefined
  }
}
