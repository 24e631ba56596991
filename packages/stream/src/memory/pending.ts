/**
 * Memory is taken down as it was at one moment, while it goes on changing: each thing some time later, unless it is about to
 * change, and then before. So nobody waits while it is taken down (as databases take checkpoints: Salem and Garcia-Molina,
 * "Checkpointing memory-resident databases", ICDE 1989, copy on update).
 */

/** What of a moment is still to be taken down. */
export class Pending {
  private readonly left = new Map<object, () => void>()

  add(one: object, take: () => void): void {
    this.left.set(one, take)
  }

  /** It is about to change. */
  before(one: object): void {
    const take = this.left.get(one)
    if (take === undefined) return
    this.left.delete(one)
    take()
  }

  /** Takes down so many. @returns whether more are left */
  step(most: number): boolean {
    let room = most
    for (const one of this.left.keys()) {
      if (room-- === 0) return true
      this.before(one)
    }
    return false
  }

  /** Takes down what is left, at once. */
  end(): void {
    while (this.step(Number.POSITIVE_INFINITY));
  }
}

/** Memory as it was at one moment. */
export interface Frozen<T> {
  /** Takes down some of it: about a millisecond of work. @returns whether more is left */
  step(): boolean
  /** All of it, when nothing is left. */
  state(): T
}

/** At once. */
export function thaw<T>(frozen: Frozen<T>): T {
  while (frozen.step());
  return frozen.state()
}
