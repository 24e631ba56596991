/** A file is known by its first bytes, not by its name: logs are renamed, packed and moved when they rotate. */
import { createHash } from 'node:crypto'

/** How many unpacked bytes identify a file. A shorter file is known by what it had, and stays itself when it grows. */
export const PREFIX = 1024

export interface Identity {
  /** How many bytes were hashed, 0 … 1,024. */
  length: number
  /** SHA-256, hexadecimal. */
  hash: string
}

export function identify(head: Buffer, length = Math.min(PREFIX, head.length)): Identity {
  return { length, hash: createHash('sha256').update(head.subarray(0, length)).digest('hex') }
}

/** The known file that `head` begins like: the longest match, of several the last one. Empty files are nobody. */
export function findKnown<K extends { identity: Identity }>(head: Buffer, known: readonly K[]): K | undefined {
  const hashes = new Map<number, string>()
  let best: K | undefined
  for (const candidate of known) {
    const { length, hash } = candidate.identity
    if (length === 0 || length > head.length || length < (best?.identity.length ?? 0)) continue
    if (!hashes.has(length)) hashes.set(length, identify(head, length).hash)
    if (hashes.get(length) === hash) best = candidate
  }
  return best
}
