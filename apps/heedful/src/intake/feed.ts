/** The frames of one file, read as they are asked for. */
import type { Clock } from '@heedful/stream'
import { type Bytes, type Input, openBytes, skipBytes } from './bytes.ts'
import { type Frame, Framer } from './frames.ts'
import { type Line, readLines } from './lines.ts'

export interface FeedOptions {
  input: Input
  clock: Clock
  keepClock: boolean
  now: number
  /** Where reading goes on: offset in the unpacked bytes, lines before it, the latest stamp before it. */
  from?: { offset: number; line: number; key: number | null }
  /** A last line without a line end is still being written: leave it for the next scan. */
  leaveUnfinished?: boolean
}

export class FileFeed {
  private readonly bytes: Bytes
  private readonly lines: AsyncGenerator<Line[]>
  private readonly framer: Framer
  private readonly leaveUnfinished: boolean
  private ended = false
  /** The last line that was left for the next scan. */
  left: Line | undefined

  private constructor(bytes: Bytes, options: FeedOptions) {
    const { clock, keepClock, now, from } = options
    this.bytes = bytes
    this.lines = readLines(bytes, from?.offset, from?.line)
    this.framer = new Framer({ clock, keepClock, now, ...(typeof from?.key === 'number' && { key: from.key }) })
    this.leaveUnfinished = options.leaveUnfinished ?? false
  }

  /** Throws `CommandError` naming the file where it cannot be opened. */
  static async open(options: FeedOptions): Promise<FileFeed> {
    const bytes = await openBytes(options.input)
    return new FileFeed(await skipBytes(bytes, options.from?.offset ?? 0), options)
  }

  /** Why the rest of the file could not be read, once its end is reached. */
  get damage(): string | undefined {
    return this.bytes.damage
  }

  /** Bytes of the file itself read so far. */
  get taken(): number {
    return this.bytes.taken
  }

  next(): Frame | undefined | Promise<Frame | undefined> {
    return this.framer.next() ?? (this.ended ? undefined : this.fill())
  }

  private async fill(): Promise<Frame | undefined> {
    for (;;) {
      const { value, done } = await this.lines.next()
      if (done) {
        this.ended = true
        this.framer.end()
        return this.framer.next()
      }
      this.framer.push(this.finished(value))
      const frame = this.framer.next()
      if (frame !== undefined) return frame
    }
  }

  private finished(lines: Line[]): Line[] {
    const last = lines.at(-1)
    if (!this.leaveUnfinished || last?.unfinished !== true) return lines
    this.left = last
    return lines.slice(0, -1)
  }

  close(): Promise<void> {
    return this.bytes.close()
  }
}
