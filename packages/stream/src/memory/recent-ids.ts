/**
 * Ids of events that their source gave: one that comes again through the same door is the same event, redelivered. Bounded: the last CAPACITY to
 * twice as many are known, by 53-bit hashes.
 */
export interface RecentIdsState {
  young: Float64Array
  old: Float64Array
}

const CAPACITY = 100_000

/** FNV-1a twice, over the text and over its mirror: 53 bits. Two ids of a window meet with probability 2·10⁻¹¹. */
function hash53(door: number, id: string): number {
  let high = 0x811c9dc5 ^ Math.imul(door, 0x9e3779b1)
  let low = 0x01000193 ^ Math.imul(door, 0x85ebca6b)
  for (let i = 0; i < id.length; i++) {
    high = Math.imul(high ^ id.charCodeAt(i), 0x01000193)
    low = Math.imul(low ^ id.charCodeAt(id.length - 1 - i), 0x01000193)
  }
  return (high >>> 11) * 4294967296 + (low >>> 0)
}

export class RecentIds {
  private young: Set<number>
  private old: Set<number>

  constructor(saved?: RecentIdsState) {
    this.young = new Set(saved?.young)
    this.old = new Set(saved?.old)
  }

  /** Notes an id; false if it is known from this door. */
  isNew(door: number, id: string): boolean {
    const hash = hash53(door, id)
    if (this.young.has(hash) || this.old.has(hash)) return false
    if (this.young.size >= CAPACITY) {
      this.old = this.young
      this.young = new Set()
    }
    this.young.add(hash)
    return true
  }

  save(): RecentIdsState {
    return { young: numbersOf(this.young), old: numbersOf(this.old) }
  }
}

/** By way of a list: from the set itself it takes three times as long. */
function numbersOf(set: ReadonlySet<number>): Float64Array {
  const numbers = new Float64Array(set.size)
  numbers.set([...set])
  return numbers
}
