/**
 * Who may ask a server that others can reach: holders of a key. A key is 256 random bits, shown once; the folder keeps its
 * SHA-256, which says nothing of it (what is random needs no slow hash).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CommandError, messageOf } from '../errors.ts'
import { Refusal } from '../serving/refusal.ts'
import { renameDurably, syncFile } from '../store/durable.ts'

export const KEYS_FILE = 'keys.json'
const PREFIX = 'hf_'

interface Kept {
  /** SHA-256 of the key, hexadecimal. */
  hash: string
  /** ISO 8601, UTC. */
  created: string
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()

export class Keys {
  private readonly hashes: readonly Buffer[]

  constructor(hashes: readonly Buffer[]) {
    this.hashes = hashes
  }

  /** Takes the same time for every key that is wrong. */
  holds(key: string): boolean {
    const asked = hashOf(key)
    let found = false
    for (const hash of this.hashes) found = timingSafeEqual(hash, asked) || found
    return found
  }
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && /^[0-9a-f]{64}$/.test(String((value as Partial<Kept>).hash))

function readKept(path: string): Kept[] {
  if (!existsSync(path)) return []
  let cause: unknown
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (Array.isArray(kept) && kept.every(isKept)) return kept
  } catch (error) {
    cause = error
  }
  throw new CommandError(
    'folder-damaged',
    `${path} cannot be read${cause === undefined ? '' : `: ${messageOf(cause)}`}`,
    'delete it: the next start makes a new key and shows it',
    { cause },
  )
}

/** The keys of a data folder. Where there is none, one is made: `made`, to be shown once. Throws `CommandError`. */
export function openKeys(folder: string, now: number): { keys: Keys; made?: string } {
  const path = join(folder, KEYS_FILE)
  const kept = readKept(path)
  if (kept.length > 0) return { keys: new Keys(kept.map(({ hash }) => Buffer.from(hash, 'hex'))) }
  const made = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const first: Kept = { hash: hashOf(made).toString('hex'), created: new Date(now).toISOString() }
  writeFileSync(`${path}.part`, `${JSON.stringify([first], undefined, 2)}\n`, { mode: 0o600 })
  syncFile(`${path}.part`)
  renameDurably(`${path}.part`, path)
  return { keys: new Keys([hashOf(made)]), made }
}

/** Whether a route asks for a key. */
export const isGuarded = (url: string): boolean => url.startsWith('/v1/') || url === '/metrics'

/** Decided by the route that was found, not by the text of the URL, which can be written in many ways. */
const needsKey = ({ routeOptions: { url = '' } }: FastifyRequest): boolean => isGuarded(url)

/** A hook for requests. */
export function demandKey(keys: Keys) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!needsKey(request)) return
    const key = /^Bearer (hf_[A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
    if (key !== undefined && keys.holds(key)) return
    reply.header('www-authenticate', 'Bearer')
    const given = request.headers.authorization !== undefined
    throw new Refusal(given ? 'key-unknown' : 'key-missing', given ? 'this key is not known' : 'a key is needed', {
      status: 401,
      wayOut: `send "Authorization: Bearer hf_…", the key that the first start showed (a new one: delete ${KEYS_FILE} in the data folder and start again)`,
    })
  }
}
