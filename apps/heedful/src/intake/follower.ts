/**
 * Follows a file that grows, across rotation. Renamed: its old bytes are read to their end before the new file is begun.
 * Copied and truncated: what was written between the last look and the truncation is read from the copy. Rotated while nobody
 * looked, once or several times: the same, as long as nothing was packed before it was read.
 */
import type { Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { messageOf, systemCode } from '../errors.ts'
import { findKnown, type Identity, identify, PREFIX } from './identity.ts'
import { type Line, LineCutter } from './lines.ts'
import { findRotated } from './rotated.ts'

/** How far a file is read. */
export interface Place {
  /** Stays the same however the file is renamed. */
  id: number
  identity: Identity
  offset: number
  line: number
}

export interface FollowerOptions {
  path: string
  /** Files that were read before, by whatever name. */
  known(): readonly Place[]
  /** For a file that was never read. */
  newId(): number
  /** Takes whole lines; `place` is where reading goes on behind them. It is asked again where it rejects. */
  send(lines: readonly Line[], place: Place): Promise<void>
  /** What a person should know: a file that is missing, or cannot be read. Each change once. */
  say(note: string): void
  signal: AbortSignal
}

/** ms between two looks at a file that did not grow. */
const POLL = 250
const PIECE = 256 * 1024
/** Lines that are sent together. */
const LINES = 1000

interface Reading {
  handle: FileHandle
  inode: number
  /** Bytes read so far, also those of a line that has no end yet. */
  at: number
  cutter: LineCutter
  place: Place
}

interface Rotated {
  path: string
  head: Buffer
  /** How far it was read; undefined where it never was. */
  known: Place | undefined
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    return await readHead(handle)
  } finally {
    await handle.close()
  }
}

async function readHead(handle: FileHandle): Promise<Buffer> {
  const head = Buffer.alloc(PREFIX)
  const { bytesRead } = await handle.read(head, 0, PREFIX, 0)
  return head.subarray(0, bytesRead)
}

const isPacked = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b

function readFrom(handle: FileHandle, { ino }: Stats, place: Place): Reading {
  const cutter = new LineCutter(place.offset, place.line)
  return { handle, inode: ino, at: place.offset, cutter, place }
}

/** The bytes that follow; none at the end. */
async function readPiece({ handle, at }: Reading): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(PIECE)
  const { bytesRead } = await handle.read(piece, 0, PIECE, at)
  return piece.subarray(0, bytesRead)
}

/** It is shorter than what was read of it, with `more` bytes, or begins otherwise. */
async function wasTruncated({ handle, place, at }: Reading, more: number): Promise<boolean> {
  const { size } = await handle.stat()
  if (size < at + more) return true
  if (size === at) return false
  const { length, hash } = place.identity
  const head = await readHead(handle)
  return head.length < length || identify(head, length).hash !== hash
}

export class Follower {
  private readonly options: FollowerOptions
  /** Files that were rotated away: what begins like one of them is another one. */
  private readonly ended = new Set<number>()
  private reading: Reading | undefined
  private said = ''

  constructor(options: FollowerOptions) {
    this.options = options
  }

  /** Ends when the signal comes. */
  async run(): Promise<void> {
    const { signal } = this.options
    while (!signal.aborted) {
      const went = await this.step().catch((error) => this.fail(error))
      if (!went) await wait(POLL, undefined, { signal }).catch(() => undefined)
    }
    await this.close()
  }

  private async fail(error: unknown): Promise<boolean> {
    await this.close()
    // Who stops it is not told that it was stopped.
    if (this.options.signal.aborted) return false
    this.say(systemCode(error) === 'ENOENT' ? `${this.options.path} is not there (yet)` : messageOf(error))
    return false
  }

  private say(note: string): void {
    if (note !== '' && note !== this.said) this.options.say(note)
    this.said = note
  }

  /** One look at the file. @returns whether there was something to read. */
  private async step(): Promise<boolean> {
    const reading = this.reading ?? (await this.begin())
    if (reading === undefined) return false
    this.say('')
    const piece = await readPiece(reading)
    // Asked when the bytes are here: whoever truncates it in between would have them taken for what followed.
    if (await wasTruncated(reading, piece.length)) {
      this.ended.add(reading.place.id)
      await this.close()
      await this.readRotated()
      return true
    }
    if (piece.length > 0) {
      await this.take(reading, piece)
      return true
    }
    if (!(await this.wasRenamed(reading))) return false
    // Whoever writes it may have gone on until a moment ago.
    await this.readToEnd(reading)
    this.ended.add(reading.place.id)
    await this.close()
    return true
  }

  private async begin(): Promise<Reading | undefined> {
    const handle = await open(this.options.path, 'r')
    try {
      const found = await handle.stat()
      if (found.isDirectory()) throw new Error(`${this.options.path} is a folder; name its files`)
      const head = await readHead(handle)
      if (head.length === 0) {
        await handle.close()
        return undefined
      }
      if (isPacked(head)) throw new Error(`${this.options.path} is packed; it cannot be followed`)
      const known = this.findPlace(head, found)
      if (known === undefined) await this.readRotated()
      this.reading = readFrom(handle, found, known ?? this.newPlace(head))
      return this.reading
    } catch (error) {
      await handle.close().catch(() => undefined)
      throw error
    }
  }

  private newPlace(head: Buffer): Place {
    return { id: this.options.newId(), identity: identify(head), offset: 0, line: 0 }
  }

  /** A file that begins like one that has ended, or is shorter than what was read of it, is another one. */
  private findPlace(head: Buffer, { size }: Stats): Place | undefined {
    const known = findKnown(
      head,
      this.options.known().filter(({ id }) => !this.ended.has(id)),
    )
    return known !== undefined && known.offset <= size ? known : undefined
  }

  private async take(reading: Reading, piece: Buffer): Promise<void> {
    reading.at += piece.length
    await this.sendLines(reading, reading.cutter.cut(piece))
  }

  /** Nothing more is written into it, so its last line has ended, too. */
  private async readToEnd(reading: Reading): Promise<void> {
    for (let piece = await readPiece(reading); piece.length > 0; piece = await readPiece(reading)) {
      await this.take(reading, piece)
    }
    const last = reading.cutter.end()
    if (last !== undefined) await this.sendLines(reading, [last])
  }

  private async sendLines(reading: Reading, lines: readonly Line[]): Promise<void> {
    for (let from = 0; from < lines.length; from += LINES) {
      const some = lines.slice(from, from + LINES)
      const { end: offset, number: line } = some.at(-1) as Line
      // A file that was short is known by more of it once it has grown.
      const { id, identity } = reading.place
      const head = identity.length < PREFIX ? await readHead(reading.handle) : undefined
      const grown = head === undefined ? identity : identify(head, Math.min(PREFIX, head.length, offset))
      const place = { id, identity: grown.length > identity.length ? grown : identity, offset, line }
      await this.options.send(some, place)
      reading.place = place
    }
  }

  private async wasRenamed({ inode }: Reading): Promise<boolean> {
    try {
      return (await stat(this.options.path)).ino !== inode
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error
      // Renamed, and the new one is not there yet: whoever writes may still write into this one.
      return false
    }
  }

  /** What was not read yet of the file that was rotated away last, and of those that came and went since. */
  private async readRotated(): Promise<void> {
    const rotated = await this.matchRotated()
    const first = rotated.findIndex(({ known }) => known !== undefined)
    if (first < 0) return
    for (const one of rotated.slice(first)) await this.readOld(one)
  }

  /** Of several that begin alike, the newest is the one that is known. */
  private async matchRotated(): Promise<Rotated[]> {
    const places = this.options.known()
    const newest = new Map<number, string>()
    const found: Rotated[] = []
    for (const path of await findRotated(this.options.path)) {
      const head = await headOf(path)
      if (head.length === 0 || isPacked(head)) continue
      const known = findKnown(head, places)
      if (known !== undefined) newest.set(known.id, path)
      found.push({ path, head, known })
    }
    return found.filter(({ path, known }) => known === undefined || newest.get(known.id) === path)
  }

  private async readOld({ path, head, known }: Rotated): Promise<void> {
    const handle = await open(path, 'r')
    try {
      const found = await handle.stat()
      const place = known ?? this.newPlace(head)
      if (found.size > place.offset) await this.readToEnd(readFrom(handle, found, place))
      this.ended.add(place.id)
    } finally {
      await handle.close()
    }
  }

  private async close(): Promise<void> {
    const { reading } = this
    this.reading = undefined
    await reading?.handle.close().catch(() => undefined)
  }
}
