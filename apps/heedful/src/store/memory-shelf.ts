/**
 * Memory on disk. What changes all over stands in one of two files by turns: the one that the store names is in force, the
 * other is written while nobody waits for the disk. It also holds what was lately appended to each part of the entities, and
 * says how much of that part's own file is in force. Such a file only grows, so what is in force stays whole whenever the
 * process ends, and a snapshot writes what changed since the last.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { decode, encode } from '@heedful/detect'
import { CommandError, messageOf, systemCode } from '../errors.ts'
import { syncFolderAside } from './durable.ts'
import type { KeptMemory, MemoryPart, Snapshot } from './store.ts'

const FILES = ['memory.0', 'memory.1'] as const
/** Files of parts; each is named by its part and a number that was never used before. */
export const PARTS_FOLDER = 'memory'

/** What is appended to a part goes into its own file when there is so much of it; less stands with the rest. */
const WORTHWHILE = 65_536
/** Parts that are written at once: a disk makes several files durable in hardly more time than one. */
const TOGETHER = 8
/** Bytes that are written in one turn. */
const CHUNK = 1 << 20
/** Bytes that say how long the directory is. */
const HEADER = 4
const VERSION = 1

/** What of a part stands in its own file. */
type Shelved = { file: string; generation: number; length: number; checksum: number }
/** `tail`: bytes that follow those of the file; the checksum of `whole` is that of both. */
type Entry = Shelved & { tail: number; whole: number }
type Directory = { version: number; rest: number; parts: Entry[] }

const NOTHING: Shelved = { file: '', generation: -1, length: 0, checksum: 0 }

export class MemoryShelf {
  private readonly folder: string
  /** The file in force; '' before any. */
  private inForce: string
  private parts: Shelved[] = []
  /** Files that are superseded: they go when a snapshot that does without them is in force. */
  private superseded: string[] = []
  /** Files that nothing needs any more, and that may be there still. */
  private readonly going = new Set<string>()
  private serial = 0
  private ready = false
  /** What is in force was read, or is forgotten: all files that it needs are known. */
  private known: boolean
  private written = 0

  constructor(folder: string, inForce: string) {
    this.folder = folder
    this.inForce = inForce
    this.known = inForce === ''
  }

  /** Throws where anything of it is damaged or gone, or was written by another build. */
  read(): Omit<Snapshot, 'position'> {
    const bytes = readFileSync(join(this.folder, this.inForce))
    const { version, rest, parts } = readDirectory(bytes)
    if (version !== VERSION) throw new Error(`it has form ${version}; this build reads ${VERSION}`)
    let at = HEADER + bytes.readUInt32LE(0)
    const start = at
    at += rest
    const read = parts.map((entry): MemoryPart => {
      at += entry.tail
      return { generation: entry.generation, pieces: this.readPart(entry, bytes.subarray(at - entry.tail, at)) }
    })
    if (at !== bytes.length) throw new Error(`${this.inForce} has not the length that it was written with`)
    this.parts = parts.map(({ file, generation, length, checksum }) => ({ file, generation, length, checksum }))
    this.known = true
    return { rest: [bytes.subarray(start, start + rest)], parts: read }
  }

  private readPart({ file, length, whole }: Entry, tail: Uint8Array): Uint8Array[] {
    // A copy: it stays in memory for long, the rest of what it stands in does not.
    const pieces: Uint8Array[] = [new Uint8Array(tail)]
    if (length > 0) {
      const kept = readFileSync(join(this.folder, PARTS_FOLDER, file))
      if (kept.length < length) throw new Error(`${file} is cut short`)
      pieces.unshift(bytesOf(kept.subarray(0, length)))
    }
    if (pieces.reduce((checksum, piece) => crc32(piece, checksum), 0) !== whole)
      throw new Error(`${file || this.inForce} is damaged`)
    return pieces
  }

  /** What follows has nothing in common with what is in force: all of it is written anew. */
  forget(): void {
    this.superseded.push(...(this.known ? this.parts.map(({ file }) => file) : this.filesInForce()))
    this.parts = []
    this.known = true
  }

  /** Makes it durable, in small turns; the file in force stays as it is. Throws `CommandError`s of the folder kind. */
  async keep({ position, rest, parts }: Snapshot): Promise<KeptMemory> {
    const name = this.inForce === FILES[0] ? FILES[1] : FILES[0]
    try {
      await this.prepare()
      this.written = 0
      for (let part = 0; part < parts.length; part += TOGETHER)
        await allOf(parts.slice(part, part + TOGETHER).map((saved, i) => this.shelve(part + i, saved)))
      if (existsSync(join(this.folder, PARTS_FOLDER))) await syncFolderAside(join(this.folder, PARTS_FOLDER))
      const tails = parts.map(({ pieces }, part) => behind(pieces, (this.parts[part] as Shelved).length))
      const entries = tails.map((tail, part): Entry => {
        const shelved = this.parts[part] as Shelved
        const whole = tail.reduce((checksum, piece) => crc32(piece, checksum), shelved.checksum)
        return { ...shelved, tail: lengthOf(tail), whole }
      })
      await this.writeFirst(join(this.folder, name), rest, entries, tails.flat())
      return { position, file: name, written: this.written }
    } catch (error) {
      throw explain(this.folder, error)
    }
  }

  /** It is in force from here on: what only the one before needed goes. */
  async putInForce({ file }: KeptMemory): Promise<void> {
    this.inForce = file
    for (const name of this.superseded.splice(0)) if (name !== '') this.going.add(join(this.folder, PARTS_FOLDER, name))
    for (const path of this.going) {
      await unlink(path).catch(() => undefined)
      this.going.delete(path)
    }
  }

  /** What is still to go goes now. */
  close(): void {
    for (const path of this.going) rmSync(path, { force: true })
    this.going.clear()
  }

  /** Clears away what no snapshot in force names. */
  private async prepare(): Promise<void> {
    if (this.ready) return
    const inForce = this.known ? [] : this.filesInForce()
    const named = new Set([...this.parts.map(({ file }) => file), ...this.superseded, ...inForce])
    const found = existsSync(join(this.folder, PARTS_FOLDER)) ? readdirSync(join(this.folder, PARTS_FOLDER)) : []
    // Also one that is gone: its name would be taken for the old one's.
    for (const file of [...found, ...named]) this.serial = Math.max(this.serial, Number(file.split('.')[1]) || 0)
    for (const file of found) if (!named.has(file)) await unlink(join(this.folder, PARTS_FOLDER, file))
    this.ready = true
  }

  /** Also where it could not be read: whoever wrote it may. */
  private filesInForce(): string[] {
    try {
      return readDirectory(readFileSync(join(this.folder, this.inForce))).parts.map(({ file }) => file)
    } catch {
      return []
    }
  }

  /** Writes what was appended to a part since the last time, where that is much. */
  private async shelve(part: number, { generation, pieces }: MemoryPart): Promise<void> {
    const before = this.parts[part] ?? NOTHING
    const length = lengthOf(pieces)
    const goesOn = before.generation === generation && before.length <= length && before.file !== ''
    if (!goesOn && before.file !== '') this.superseded.push(before.file)
    const from = goesOn ? before : { ...NOTHING, generation }
    this.parts[part] = from
    if (length - from.length < WORTHWHILE) return
    const file = from.file === '' ? `${part}.${++this.serial}` : from.file
    if (from.file === '') await mkdir(join(this.folder, PARTS_FOLDER), { recursive: true })
    try {
      const checksum = await append(join(this.folder, PARTS_FOLDER, file), behind(pieces, from.length), from)
      this.written += length - from.length
      this.parts[part] = { file, generation, length, checksum }
    } catch (error) {
      if (from.file === '') this.superseded.push(file)
      throw error
    }
  }

  private async writeFirst(
    path: string,
    rest: readonly Uint8Array[],
    parts: Entry[],
    tails: readonly Uint8Array[],
  ): Promise<void> {
    const length = rest.reduce((sum, piece) => sum + piece.length, 0)
    const directory = encode({ version: VERSION, rest: length, parts } satisfies Directory)
    const header = Buffer.alloc(HEADER)
    header.writeUInt32LE(directory.length)
    const pieces = [header, directory, ...rest, ...tails]
    const handle = await open(path, 'w')
    try {
      for (const piece of pieces) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await syncFolderAside(this.folder)
    this.written += lengthOf(pieces)
  }
}

function readDirectory(bytes: Buffer): Directory {
  const length = bytes.readUInt32LE(0)
  return decode(bytes.subarray(HEADER, HEADER + length)) as Directory
}

/** The same bytes: V8 reads faster where all arrays are of one kind. */
const bytesOf = ({ buffer, byteOffset, length }: Uint8Array) => new Uint8Array(buffer, byteOffset, length)

const lengthOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { length }) => sum + length, 0)

/** What follows so many bytes. */
function behind(pieces: readonly Uint8Array[], length: number): Uint8Array[] {
  let before = length
  const rest: Uint8Array[] = []
  for (const piece of pieces) {
    if (before < piece.length) rest.push(piece.subarray(before))
    before = Math.max(0, before - piece.length)
  }
  return rest
}

/** Ends when all of them have: nothing goes on behind whoever hears of a failure. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const ended of await Promise.allSettled(works)) if (ended.status === 'rejected') throw ended.reason
}

/** Writes behind `length` bytes of the file; a file that begins is emptied. @returns the checksum of all of it */
async function append(
  path: string,
  pieces: readonly Uint8Array[],
  { length, checksum: before }: Shelved,
): Promise<number> {
  let checksum = before
  let at = length
  const handle = await open(path, length === 0 ? 'w' : 'r+')
  try {
    for (const piece of pieces) {
      for (let start = 0; start < piece.length; ) {
        const chunk = piece.subarray(start, start + CHUNK)
        const { bytesWritten } = await handle.write(chunk, 0, chunk.length, at)
        checksum = crc32(chunk.subarray(0, bytesWritten), checksum)
        start += bytesWritten
        at += bytesWritten
      }
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return checksum
}

function explain(path: string, error: unknown): unknown {
  if (error instanceof CommandError) return error
  if (systemCode(error) === 'ENOSPC') {
    return new CommandError('folder-full', `the disk of ${path} is full`, 'make room, then type the same line again', {
      cause: error,
    })
  }
  return new CommandError(
    'folder-unwritable',
    `the memory in ${path} cannot be written: ${messageOf(error)}`,
    'make the data folder writable, or name another one with --data',
    { cause: error },
  )
}
