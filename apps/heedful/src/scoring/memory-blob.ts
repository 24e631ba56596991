/**
 * Memory as bytes, a piece at a time: all of it at once would keep signals and sockets waiting. Records and maps of few
 * members are taken apart, and what is left of them is encoded by itself, each piece with its own checksum.
 */
import { decode, encode, type Plain } from '@heedful/detect'
import type { Turns } from './turns.ts'

/** A piece by its number, or members by their names. */
type Node = number | { kind: 'record' | 'map'; members: [string, Node][] }
type Directory = { node: Node; lengths: number[] }

/** What has more members is one piece: keys that come from users are many. */
const MEMBERS = 100
const DEEPEST = 6
/** Bytes that say how long the directory is. */
const HEADER = 4

function membersOf(value: Plain): { kind: 'record' | 'map'; members: [string, Plain][] } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return undefined
  const map = value instanceof Map
  const members = map ? ([...value] as [string, Plain][]) : Object.entries(value as { [key: string]: Plain })
  return members.length > MEMBERS ? undefined : { kind: map ? 'map' : 'record', members }
}

function takeApart(value: Plain, leaves: Plain[], depth: number): Node {
  const found = depth < DEEPEST ? membersOf(value) : undefined
  if (found === undefined) return leaves.push(value) - 1
  const members = found.members.map(([name, member]): [string, Node] => [name, takeApart(member, leaves, depth + 1)])
  return { kind: found.kind, members }
}

function putTogether(node: Node, leaves: readonly Plain[]): Plain {
  if (typeof node === 'number') return leaves[node] as Plain
  const members = node.members.map(([name, member]): [string, Plain] => [name, putTogether(member, leaves)])
  return node.kind === 'map' ? new Map(members) : Object.fromEntries(members)
}

/** `value` must not change until it resolves. */
export async function encodeMemory(value: Plain, turns: Turns): Promise<Uint8Array> {
  const leaves: Plain[] = []
  const node = takeApart(value, leaves, 0)
  const pieces: Uint8Array[] = []
  for (const leaf of leaves) {
    pieces.push(encode(leaf))
    if (turns.due) await turns.end()
  }
  const directory = encode({ node, lengths: pieces.map(({ length }) => length) } satisfies Directory)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(directory.length)
  return Buffer.concat([header, directory, ...pieces])
}

/** Throws where the bytes are not what was encoded. */
export function decodeMemory(bytes: Uint8Array): Plain {
  const length = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32LE(0)
  let at = HEADER + length
  const { node, lengths } = decode(bytes.subarray(HEADER, at)) as Directory
  const leaves = lengths.map((size) => {
    at += size
    return decode(bytes.subarray(at - size, at))
  })
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes more than were written`)
  return putTogether(node, leaves)
}
