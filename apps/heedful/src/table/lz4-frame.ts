/**
 * Unpacks LZ4 frames: "LZ4 Frame Format Description" 1.6.4 and "LZ4 Block Format Description" (lz4/doc on GitHub). Checksums
 * are passed over: what holds the frame has its own lengths.
 */

const MAGIC = 0x184d2204
/** Of a block's size: it is stored as it is. */
const STORED = 0x8000_0000

class Output {
  private bytes: Uint8Array
  private length = 0

  constructor(room: number) {
    this.bytes = new Uint8Array(room)
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  append(part: Uint8Array): void {
    this.reserve(part.length)
    this.bytes.set(part, this.length)
    this.length += part.length
  }

  /** Repeats `count` bytes from `distance` before the end; they may overlap what is written. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.length)
      throw new Error('packed bytes are damaged: a match begins before the data')
    this.reserve(count)
    for (let i = 0; i < count; i++, this.length++) this.bytes[this.length] = this.bytes[this.length - distance]!
  }

  take(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }
}

/** A length whose four bits said 15 goes on in bytes until one is below 255. */
function readLength(block: Uint8Array, at: number, first: number): [length: number, at: number] {
  let [length, place] = [first, at]
  if (first < 15) return [length, place]
  for (;;) {
    const byte = block[place++]
    if (byte === undefined) throw new Error('packed bytes are damaged: they end within a length')
    length += byte
    if (byte < 255) return [length, place]
  }
}

function unpackBlock(block: Uint8Array, output: Output): void {
  let at = 0
  while (at < block.length) {
    const token = block[at++]!
    const [literals, from] = readLength(block, at, token >> 4)
    if (from + literals > block.length) throw new Error('packed bytes are damaged: they end within literals')
    output.append(block.subarray(from, from + literals))
    at = from + literals
    if (at >= block.length) return
    const distance = block[at]! | ((block[at + 1] ?? 0) << 8)
    const [length, next] = readLength(block, at + 2, token & 15)
    output.repeat(distance, length + 4)
    at = next
  }
}

/** Throws where the bytes are no LZ4 frame, or damaged. */
export function unpackLz4Frame(packed: Uint8Array): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.length < 7 || view.getUint32(0, true) !== MAGIC) throw new Error('packed bytes are no LZ4 frame')
  const flags = packed[4]!
  const [blockChecksum, contentSize, dictionary] = [flags & 0x10, flags & 0x08, flags & 0x01]
  let at = 7 + (contentSize ? 8 : 0) + (dictionary ? 4 : 0)
  const output = new Output(Math.max(1024, 4 * packed.length))
  for (;;) {
    if (at + 4 > packed.length) throw new Error('packed bytes are damaged: they end before the last block')
    const word = view.getUint32(at, true)
    if (word === 0) return output.take()
    const size = word & ~STORED
    const block = packed.subarray(at + 4, at + 4 + size)
    if (block.length < size) throw new Error('packed bytes are damaged: they end within a block')
    if (word & STORED) output.append(block)
    else unpackBlock(block, output)
    at += 4 + size + (blockChecksum ? 4 : 0)
  }
}
