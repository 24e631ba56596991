/**
 * Bytes that only grow at their end, in pieces: nothing that was appended ever moves, so what is long is not copied to become
 * longer, and all of it but the last piece is full. What is appended at once stands in one piece.
 */

/** Of an address: the lower bits say where in its piece, the upper ones which. */
const BITS = 18
const LONGEST = 1 << BITS
/** Few bytes take little room: a piece has a share of what there was before it, at least so many. */
const LEAST = 4096
const SHARE = 8

/** Where something begins. */
export interface Place {
  readonly bytes: Uint8Array
  readonly start: number
}

export class Pieces {
  private readonly pieces: Uint8Array[] = []
  /** Bytes in use of each piece. */
  private readonly used: number[] = []
  /** Bytes in use of all of them. */
  length = 0

  /** Room at the end, of one piece. @returns its address */
  reserve(bytes: number): number {
    let last = this.pieces.length - 1
    if (last < 0 || bytes > (this.pieces[last] as Uint8Array).length - (this.used[last] as number))
      last = this.add(new Uint8Array(Math.max(bytes, this.lengthOfNext())), 0)
    const address = last * LONGEST + (this.used[last] as number)
    this.used[last] = (this.used[last] as number) + bytes
    this.length += bytes
    return address
  }

  private lengthOfNext(): number {
    return Math.min(LONGEST, Math.max(LEAST, Math.ceil(this.length / SHARE)))
  }

  /** Bytes that another holds as well: they stay as they are. @returns their address */
  adopt(bytes: Uint8Array): number {
    this.length += bytes.length
    return this.add(bytes, bytes.length) * LONGEST
  }

  /** Whether so many bytes may stand in one piece with others. */
  static fits(bytes: number): boolean {
    return bytes <= LONGEST
  }

  private add(piece: Uint8Array, used: number): number {
    const at = this.pieces.push(piece) - 1
    this.used.push(used)
    // One that is longer than all others has their addresses, too.
    for (let more = LONGEST; more < piece.length; more += LONGEST) this.add(new Uint8Array(0), 0)
    return at
  }

  /** The piece that an address is in. */
  bytesAt(address: number): Uint8Array {
    return this.pieces[Math.floor(address / LONGEST)] as Uint8Array
  }

  /** Where in its piece an address is. */
  startAt(address: number): number {
    return address % LONGEST
  }

  /** As they are now, whatever follows: those that have any bytes in use. */
  save(): Uint8Array[] {
    return this.pieces.map((piece, i) => piece.subarray(0, this.used[i])).filter(({ length }) => length > 0)
  }

  /** What is in use of each piece, and its address. */
  *all(): Generator<{ address: number; bytes: Uint8Array }> {
    for (const [i, piece] of this.pieces.entries()) {
      const used = this.used[i] as number
      if (used > 0) yield { address: i * LONGEST, bytes: piece.subarray(0, used) }
    }
  }
}
