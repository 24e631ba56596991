/**
 * Follows a file that grows, across rotation. Renamed: its old bytes are read to their end before the new file is begun.
 * Copied and truncated: what was written between the last look and the truncation is read from the copy (`FILE.1`).
 */
import type { Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { messageOf, systemCode } from '../errors.ts'
import { findKnown, type Identity, identify, PREFIX } from './identity.ts'
import { type Line, LineCutter } from './lines.ts'

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

async function readHead(handle: FileHandle): Promise<Buffer> {
  const head = Buffer.alloc(PREFIX)
  const { bytesRead } = await handle.read(head, 0, PREFIX, 0)
  return head.subarray(0, bytesRead)
}

export class Follower {
  private readonly options: FollowerOptions
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
    if (await this.wasTruncated(reading)) {
      await this.close()
      await this.readCopy()
      return true
    }
    if (await this.readOn(reading)) return true
    if (!(await this.wasRenamed(reading))) return false
    // Whoever writes it may have gone on until a moment ago.
    while (await this.readOn(reading));
    await this.sendLines(
      reading,
      [reading.cutter.end()].filter((line) => line !== undefined),
    )
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
      if (head[0] === 0x1f && head[1] === 0x8b) throw new Error(`${this.options.path} is packed; it cannot be followed`)
      const known = findKnown(head, this.options.known())
      if (known === undefined) await this.readCopy()
      const place = known ?? { id: this.options.newId(), identity: identify(head), offset: 0, line: 0 }
      this.reading = this.readFrom(handle, found, place)
      return this.reading
    } catch (error) {
      await handle.close().catch(() => undefined)
      throw error
    }
  }

  private readFrom(handle: FileHandle, { ino }: Stats, place: Place): Reading {
    const cutter = new LineCutter(place.offset, place.line)
    return { handle, inode: ino, at: place.offset, cutter, place }
  }

  /** @returns whether there was something. */
  private async readOn(reading: Reading): Promise<boolean> {
    const piece = Buffer.allocUnsafe(PIECE)
    const { bytesRead } = await reading.handle.read(piece, 0, PIECE, reading.at)
    if (bytesRead === 0) return false
    reading.at += bytesRead
    await this.sendLines(reading, reading.cutter.cut(piece.subarray(0, bytesRead)))
    return true
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

  /** It is shorter than what was read of it, or begins otherwise. */
  private async wasTruncated({ handle, place, at }: Reading): Promise<boolean> {
    const { size } = await handle.stat()
    if (size < at) return true
    if (size === at) return false
    const { length, hash } = place.identity
    const head = await readHead(handle)
    return head.length < length || identify(head, length).hash !== hash
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

  /** What was not read yet of the file that was rotated away. */
  private async readCopy(): Promise<void> {
    const path = `${this.options.path}.1`
    let handle: FileHandle
    try {
      handle = await open(path, 'r')
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return
      throw error
    }
    try {
      const place = findKnown(await readHead(handle), this.options.known())
      const found = await handle.stat()
      if (place === undefined || found.size <= place.offset) return
      const reading = this.readFrom(handle, found, place)
      while (await this.readOn(reading));
      await this.sendLines(
        reading,
        [reading.cutter.end()].filter((line) => line !== undefined),
      )
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
