/**
 * Remembers the answers of a pure function for recent keys, in bounded space: two generations of `half` keys each. When
 * the young one is full it becomes the old one and the old one is dropped, so a hit costs one or two Map look-ups and
 * nothing is ever moved one by one. What is forgotten is computed anew: a cache changes no answer.
 */
export class BoundedCache<V> {
  private young = new Map<string, V>()
  private old = new Map<string, V>()
  private readonly half: number
  private readonly compute: (key: string) => V

  constructor(half: number, compute: (key: string) => V) {
    this.half = half
    this.compute = compute
  }

  get(key: string): V {
    const known = this.young.get(key)
    if (known !== undefined) return known
    const value = this.old.get(key) ?? this.compute(key)
    if (this.young.size >= this.half) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(key, value)
    return value
  }

  /** Keys held, at most twice `half`. */
  get size(): number {
    return this.young.size + this.old.size
  }
}
