/**
 * How many hold each of many values, in one array that the garbage collector does not look into. A value is known by 64 bits
 * of its hash: of 200,000 values two are taken for one with a chance of 1 in 900 million.
 */
export type Holders = {
  /** Values that anybody holds. */
  size: number
  /** Open addressing, three numbers a place: both halves of the hash, and how many hold the value; 0 is an empty place. */
  places: Uint32Array
}

const WIDTH = 3
const NUMBER = 2
const FIRST_PLACES = 8

export const noHolders = (): Holders => ({ size: 0, places: new Uint32Array(WIDTH * FIRST_PLACES) })

/** The hash of a value: asked once, looked up in several tables. */
export interface ValueHash {
  readonly upper: number
  readonly lower: number
}

/** One for all: what it says is used before the next is asked. */
const hash = { upper: 0, lower: 0 }

/** Two lanes of FNV-1a with multipliers of their own, each mixed as MurmurHash3 ends. */
export function hashOf(value: string): ValueHash {
  let upper = 0x811c9dc5
  let lower = 0x9e3779b9 ^ value.length
  for (let i = 0; i < value.length; i++) {
    const letter = value.charCodeAt(i)
    upper = Math.imul(upper ^ letter, 0x01000193)
    lower = Math.imul(lower ^ letter, 0x85ebca6b)
    lower ^= lower >>> 15
  }
  hash.upper = mixed(upper)
  hash.lower = mixed(lower ^ upper)
  return hash
}

function mixed(x: number): number {
  let bits = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** How many hold the value. */
export function holdersOf(holders: Holders, value: ValueHash): number {
  return holders.places[WIDTH * placeOf(holders.places, value) + NUMBER] as number
}

/** From here on so many hold the value. */
export function setHolders(holders: Holders, value: ValueHash, number: number): void {
  const place = placeOf(holders.places, value)
  const before = holders.places[WIDTH * place + NUMBER] as number
  if (number === 0) {
    if (before > 0) remove(holders, place)
    return
  }
  write(holders.places, place, value.upper, value.lower, number)
  if (before > 0) return
  holders.size++
  if (3 * WIDTH * holders.size > 2 * holders.places.length) widen(holders)
}

function write(places: Uint32Array, place: number, upper: number, lower: number, number: number): void {
  const at = WIDTH * place
  places[at] = upper
  places[at + 1] = lower
  places[at + NUMBER] = number
}

/** Where the value stands, or would stand. */
function placeOf(places: Uint32Array, { upper, lower }: ValueHash): number {
  const last = places.length / WIDTH - 1
  for (let place = lower & last; ; place = (place + 1) & last) {
    const at = WIDTH * place
    if (places[at + NUMBER] === 0 || (places[at + 1] === lower && places[at] === upper)) return place
  }
}

/** Those behind it move up, so that no place that is passed on the way to a value is empty (Knuth, volume 3, algorithm 6.4R). */
function remove(holders: Holders, place: number): void {
  const { places } = holders
  const last = places.length / WIDTH - 1
  let empty = place
  for (let next = (place + 1) & last; ; next = (next + 1) & last) {
    const at = WIDTH * next
    const number = places[at + NUMBER] as number
    if (number === 0) break
    const lower = places[at + 1] as number
    // It may stand in the empty place, unless its way begins behind that.
    if (((next - lower) & last) < ((next - empty) & last)) continue
    write(places, empty, places[at] as number, lower, number)
    empty = next
  }
  write(places, empty, 0, 0, 0)
  holders.size--
}

function widen(holders: Holders): void {
  const { places } = holders
  const wider = new Uint32Array(2 * places.length)
  for (let at = 0; at < places.length; at += WIDTH) {
    const [upper, lower, number] = [places[at] as number, places[at + 1] as number, places[at + NUMBER] as number]
    if (number > 0) write(wider, placeOf(wider, { upper, lower }), upper, lower, number)
  }
  holders.places = wider
}
