/**
 * Memory as bytes, a piece at a time: all of it at once would keep signals and sockets waiting. What is large is taken apart,
 * and each piece encoded by itself, with its own checksum.
 */
import { decode, encode, type Plain } from '@heedful/detect'
import type { TypedArray } from '@heedful/detect/contracts/plain'
import type { Turns } from './turns.ts'

/** A piece by its number; or what is large, as pieces and large members in their order. */
type Node = number | { kind: 'record' | 'map' | 'list'; parts: Part[] } | { kind: 'array'; pieces: number[] }
/** Small members together, or a large one. */
type Part = number | { name: string; node: Node }
type Directory = { node: Node; lengths: number[] }

/** Values in one piece, about: some tenths of a millisecond of work. */
const PIECE = 4000
/** Bytes of a typed array that weigh as much as one value; to write one at all, however short, weighs as much as several. */
const BYTES = 64
const TYPED = 8
/** Bytes that say how long the directory is. */
const HEADER = 4

type Kind = 'record' | 'map' | 'list'

function kindOf(value: Plain): Kind | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined
  return value instanceof Map ? 'map' : Array.isArray(value) ? 'list' : 'record'
}

function* membersOf(value: Plain, kind: Kind): Iterable<[string, Plain]> {
  if (kind === 'map') yield* value as Map<string, Plain>
  else if (kind === 'list') for (const one of value as Plain[]) yield ['', one]
  else for (const name in value as object) yield [name, (value as { [name: string]: Plain })[name] as Plain]
}

function join(kind: Kind, members: readonly (readonly [string, Plain])[]): Plain {
  if (kind === 'map') return new Map(members)
  return kind === 'list' ? members.map(([, value]) => value) : Object.fromEntries(members)
}

/** How many values it holds; no more are counted than `most`. */
function weigh(value: Plain, most: number): number {
  const kind = kindOf(value)
  if (kind === undefined) return ArrayBuffer.isView(value) ? TYPED + Math.ceil(value.byteLength / BYTES) : 1
  let weight = 1
  for (const [, member] of membersOf(value, kind)) {
    weight += weigh(member, most - weight)
    if (weight >= most) break
  }
  return weight
}

/** A typed array that is more than a piece. */
function isLong(value: Plain): value is TypedArray {
  return ArrayBuffer.isView(value) && value.byteLength > BYTES * PIECE
}

function* cut(value: TypedArray, counter: { pieces: number }): Generator<Plain, Node> {
  const pieces: number[] = []
  const most = (BYTES * PIECE) / value.BYTES_PER_ELEMENT
  for (let from = 0; from < value.length; from += most) {
    yield value.subarray(from, from + most)
    pieces.push(counter.pieces++)
  }
  return { kind: 'array', pieces }
}

/** Typed arrays of one type, one behind the other. */
function concatenate(arrays: readonly TypedArray[]): TypedArray {
  const Typed = (arrays[0] as TypedArray).constructor as new (length: number) => Float64Array
  const whole = new Typed(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    whole.set(array as Float64Array, at)
    at += array.length
  }
  return whole
}

/** Gives the pieces in order. `value` must not change until it ends. @returns how they belong together */
function* takeApart(value: Plain, counter: { pieces: number }): Generator<Plain, Node> {
  if (isLong(value)) return yield* cut(value, counter)
  const kind = kindOf(value)
  if (kind === undefined || weigh(value, PIECE) < PIECE) {
    yield value
    return counter.pieces++
  }
  const parts: Part[] = []
  let small: [string, Plain][] = []
  let weight = 0
  for (const [name, member] of membersOf(value, kind)) {
    const more = weigh(member, PIECE)
    const large = more >= PIECE
    if (small.length > 0 && (large || weight + more > PIECE)) {
      yield join(kind, small)
      parts.push(counter.pieces++)
      small = []
      weight = 0
    }
    if (large) parts.push({ name, node: yield* takeApart(member, counter) })
    else {
      small.push([name, member])
      weight += more
    }
  }
  if (small.length > 0) {
    yield join(kind, small)
    parts.push(counter.pieces++)
  }
  return { kind, parts }
}

function putTogether(node: Node, pieces: readonly Plain[]): Plain {
  if (typeof node === 'number') return pieces[node] as Plain
  if (node.kind === 'array') return concatenate(node.pieces.map((piece) => pieces[piece] as TypedArray))
  const { kind, parts } = node
  const members: [string, Plain][] = []
  for (const part of parts) {
    if (typeof part !== 'number') members.push([part.name, putTogether(part.node, pieces)])
    else for (const member of membersOf(pieces[part] as Plain, kind)) members.push(member)
  }
  return join(kind, members)
}

/** Several pieces that stand one behind the other. `value` must not change until it resolves. */
export async function encodeMemory(value: Plain, turns: Turns): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  const walk = takeApart(value, { pieces: 0 })
  let step = walk.next()
  for (; !step.done; step = walk.next()) {
    pieces.push(encode(step.value))
    if (turns.due) await turns.end()
  }
  const directory = encode({ node: step.value, lengths: pieces.map(({ length }) => length) } satisfies Directory)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(directory.length)
  return [header, directory, ...pieces]
}

/** Throws where the bytes are not what was encoded. */
export function decodeMemory(bytes: Uint8Array): Plain {
  const length = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32LE(0)
  let at = HEADER + length
  const { node, lengths } = decode(bytes.subarray(HEADER, at)) as Directory
  const pieces = lengths.map((size) => {
    at += size
    return decode(bytes.subarray(at - size, at))
  })
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes more than were written`)
  return putTogether(node, pieces)
}
