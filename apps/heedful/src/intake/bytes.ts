/** A file's bytes from its start, plain or unpacked: what is packed is known by its first bytes, not by its name. */
import { open } from 'node:fs/promises'
import { CommandError, messageOf, systemCode } from '../errors.ts'
import { openGzip } from './gzip.ts'

export interface Bytes {
  /** The next piece, never empty; undefined at the end. */
  next(): Promise<Buffer | undefined>
  close(): Promise<void>
  /** Set once the end was reached early because the rest is damaged; what came before was handed out. */
  readonly damage: string | undefined
  /** It is unpacked while it is read. */
  readonly packed: boolean
  /** Bytes of the file itself read so far: what progress is measured in. */
  readonly taken: number
}

/** Size of one read of a plain file. */
const PIECE = 256 * 1024

/** First bytes of what we do not unpack, and the program that does. */
const PACKED: readonly (readonly [name: string, magic: readonly number[], unpack: string])[] = [
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz -dk'],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'zstd -dk'],
  ['bzip2', [0x42, 0x5a, 0x68], 'bzip2 -dk'],
  ['zip', [0x50, 0x4b, 0x03, 0x04], 'unzip'],
  ['UTF-16', [0xff, 0xfe], 'iconv -f UTF-16 -t UTF-8'],
  ['UTF-16', [0xfe, 0xff], 'iconv -f UTF-16 -t UTF-8'],
  ['SQLite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 'sqlite3'],
]

const startsWith = (head: Buffer, magic: readonly number[]) => magic.every((byte, i) => head[i] === byte)

/** Why a path cannot be opened, as a person reads it. */
export function unreadable(path: string, error: unknown): CommandError {
  const code = systemCode(error)
  if (error instanceof CommandError) return error
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CommandError('file-missing', `${path}: there is no such file`, 'check the path, or list it with ls')
  }
  if (code === 'EISDIR') {
    return new CommandError('file-is-folder', `${path} is a folder`, `name its files, as in ${path}/*.log`)
  }
  const wayOut = code === 'EACCES' ? 'read it as a user who may, for example with sudo' : 'check the disk and the path'
  return new CommandError('file-unreadable', `${path} cannot be read: ${messageOf(error)}`, wayOut)
}

function refusePacked(name: string, head: Buffer): void {
  const found = PACKED.find(([, magic]) => startsWith(head, magic))
  if (found === undefined) return
  const [form, , unpack] = found
  throw new CommandError(
    'format-packed',
    `${name} is ${form}, which is not read here`,
    `unpack or convert it first (${unpack} …); plain text and gzip are read`,
  )
}

/** What a person gave to be read. */
export interface Input {
  /** Where its bytes stand. */
  path: string
  /** What a person knows it by, in messages and in the log: its path, or `standard input`. */
  name: string
}

export const inputOf = (path: string): Input => ({ path, name: path })

/** Opens a file. Throws `CommandError` naming it. The caller closes it. */
export async function openBytes({ path, name }: Input): Promise<Bytes> {
  try {
    const handle = await open(path, 'r')
    try {
      if ((await handle.stat()).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
      const head = Buffer.alloc(16)
      const { bytesRead } = await handle.read(head, 0, head.length, 0)
      refusePacked(name, head.subarray(0, bytesRead))
      if (bytesRead >= 2 && head[0] === 0x1f && head[1] === 0x8b) return openGzip(handle)
      return openPlain(handle)
    } catch (error) {
      await handle.close()
      throw error
    }
  } catch (error) {
    throw unreadable(name, error)
  }
}

function openPlain(handle: Awaited<ReturnType<typeof open>>): Bytes {
  let taken = 0
  let damage: string | undefined
  return {
    async next() {
      if (damage !== undefined) return undefined
      const piece = Buffer.allocUnsafe(PIECE)
      try {
        const { bytesRead } = await handle.read(piece, 0, PIECE, taken)
        taken += bytesRead
        return bytesRead === 0 ? undefined : piece.subarray(0, bytesRead)
      } catch (error) {
        damage = `reading stopped after ${taken} bytes: ${messageOf(error)}`
        return undefined
      }
    },
    close: () => handle.close(),
    packed: false,
    get damage() {
      return damage
    },
    get taken() {
      return taken
    },
  }
}

/** The same bytes without the first `count` of them. */
export async function skipBytes(bytes: Bytes, count: number): Promise<Bytes> {
  let left = count
  let rest: Buffer | undefined
  while (left > 0) {
    const piece = await bytes.next()
    if (piece === undefined) break
    if (piece.length > left) rest = piece.subarray(left)
    left -= Math.min(left, piece.length)
  }
  if (rest === undefined) return bytes
  return {
    async next() {
      const first = rest
      rest = undefined
      return first ?? bytes.next()
    },
    close: () => bytes.close(),
    packed: bytes.packed,
    get damage() {
      return bytes.damage
    },
    get taken() {
      return bytes.taken
    },
  }
}
