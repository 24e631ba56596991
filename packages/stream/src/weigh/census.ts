/** How many entries each owner has: an open-addressed table, many times faster than a `Map` where it is filled anew each time. */
export class Census {
  private readonly keys: Uint32Array
  private readonly counts: Uint32Array
  private readonly shift: number

  /** `most`: of how many entries, at most. */
  constructor(most: number) {
    const bits = 1 + Math.ceil(Math.log2(most))
    this.keys = new Uint32Array(2 ** bits)
    this.counts = new Uint32Array(2 ** bits)
    this.shift = 32 - bits
  }

  /** @returns how many owners there are, and how many entries the largest has. */
  count(owners: Uint32Array): { owned: number; most: number } {
    const { keys, counts } = this
    const last = keys.length - 1
    counts.fill(0)
    let owned = 0
    let most = 0
    for (let i = 0; i < owners.length; i++) {
      const owner = owners[i] as number
      let at = Math.imul(owner, 0x9e3779b1) >>> this.shift
      while (counts[at] !== 0 && keys[at] !== owner) at = (at + 1) & last
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
}
