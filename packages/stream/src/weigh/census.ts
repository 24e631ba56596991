const NO_LIMIT = 0xffff_ffff

/** How many entries each owner has: an open-addressed table, many times faster than a `Map` where it is filled anew each time. */
export class Census {
  private readonly keys: Uint32Array
  private readonly counts: Uint32Array
  private readonly limits: Uint32Array
  private readonly shift: number

  /** `most`: of how many entries, at most. */
  constructor(most: number) {
    const bits = 1 + Math.ceil(Math.log2(most))
    this.keys = new Uint32Array(1 << bits)
    this.counts = new Uint32Array(1 << bits)
    this.limits = new Uint32Array(1 << bits)
    this.shift = 32 - bits
  }

  /** Where the owner stands, or would stand. */
  private placeOf(owner: number): number {
    const { keys, counts } = this
    const last = keys.length - 1
    let at = Math.imul(owner, 0x9e3779b1) >>> this.shift
    while (counts[at] !== 0 && keys[at] !== owner) at = (at + 1) & last
    return at
  }

  /** @returns how many owners there are, and how many entries the largest has. */
  count(owners: Uint32Array): { owned: number; most: number } {
    const { keys, counts } = this
    counts.fill(0)
    this.limits.fill(NO_LIMIT)
    let owned = 0
    let most = 0
    for (let i = 0; i < owners.length; i++) {
      const owner = owners[i] as number
      const at = this.placeOf(owner)
      if (counts[at] === 0) {
        keys[at] = owner
        owned++
      }
      const held = (counts[at] as number) + 1
      counts[at] = held
      if (held > most) most = held
    }
    return { owned, most }
  }

  /** The owners with more than so many entries, as last counted. */
  above(most: number): number[] {
    const found: number[] = []
    for (let at = 0; at < this.counts.length; at++)
      if ((this.counts[at] as number) > most) found.push(this.keys[at] as number)
    return found
  }

  /** Notes a number for an owner who was counted. */
  limit(owner: number, limit: number): void {
    this.limits[this.placeOf(owner)] = limit
  }

  /** What was noted for an owner who was counted; the largest number of 32 bits if nothing was. */
  limitOf(owner: number): number {
    return this.limits[this.placeOf(owner)] as number
  }
}
