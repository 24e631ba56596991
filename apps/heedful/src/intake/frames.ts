/**
 * Lines of one file with their time, and which of them are refused before anybody parses them: too long, or stamped by a
 * clock that is plainly wrong. What a wrong clock says would move the whole organisation's time, so it is stopped here.
 */
import type { Clock, ClockState } from '@heedful/stream'
import type { Line } from './lines.ts'

export interface Frame {
  line: Line
  /** ms UTC; NaN where the line has no stamp. */
  time: number
  /** What it is merged by: the latest accepted stamp of its file so far, so that lines of one file keep their order. */
  key: number
  /** Why it goes to the dead letters unparsed. */
  refused?: string
  /** The clock behind this line; only where stamps leave something out. */
  clock?: ClockState
}

export const DAY = 86_400_000
/** How many following stamps of the file are asked about a jump. */
const WITNESSES = 16
/** 1990-01-01: no log is older; clocks that lost their battery are. */
const OLDEST = 631_152_000_000

interface Waiting {
  line: Line
  time: number
  clock?: ClockState
}

export interface FrameOptions {
  clock: Clock
  /** Stamps leave out the year or the zone, so the clock's state is kept with each line. */
  keepClock: boolean
  /** The wall clock, ms UTC: stamps a day after it are refused. */
  now: number
  /** The latest accepted stamp of the file so far; −Infinity at its start. */
  key?: number
}

/** Frames the batches of lines that it is given; `next` answers undefined when it needs another batch. */
export class Framer {
  private readonly options: FrameOptions
  private queue: Waiting[] = []
  private head = 0
  private ended = false
  private key: number

  constructor(options: FrameOptions) {
    this.options = options
    this.key = options.key ?? Number.NEGATIVE_INFINITY
  }

  push(lines: readonly Line[]): void {
    if (this.head > 0) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
    for (const line of lines) {
      const time = line.tooLong === undefined ? this.options.clock.read(line.text) : Number.NaN
      this.queue.push(this.options.keepClock ? { line, time, clock: this.options.clock.save() } : { line, time })
    }
  }

  /** No batch follows. */
  end(): void {
    this.ended = true
  }

  /** The next frame; undefined where more lines are needed first, or none are left. */
  next(): Frame | undefined {
    const waiting = this.queue[this.head]
    if (waiting === undefined) return undefined
    if (this.key === Number.NEGATIVE_INFINITY && !this.begin()) return undefined
    const jumps = waiting.time > this.key + DAY
    if (jumps && !this.ended && this.witnesses(WITNESSES).length < WITNESSES && !this.tooManyUnstamped())
      return undefined
    this.head++
    const refused = this.refusal(waiting)
    if (refused === undefined && waiting.time > this.key) this.key = waiting.time
    const frame: Frame = { line: waiting.line, time: waiting.time, key: this.key }
    if (refused !== undefined) frame.refused = refused
    if (waiting.clock !== undefined) frame.clock = waiting.clock
    return frame
  }

  /** Lines before the first stamp belong to its moment. False where it is not here yet. */
  private begin(): boolean {
    const first = this.queue
      .slice(this.head)
      .find(({ time }) => this.impossible(time) === undefined && !Number.isNaN(time))
    if (first === undefined) return this.ended || this.tooManyUnstamped()
    this.key = first.time
    return true
  }

  /** A file of lines without stamps must not be held in memory while waiting for one. */
  private tooManyUnstamped(): boolean {
    return this.queue.length - this.head > 1024
  }

  /** The stamps that follow the line at the head, at most `count`. */
  private witnesses(count: number): number[] {
    const times: number[] = []
    for (let i = this.head + 1; i < this.queue.length && times.length < count; i++) {
      const { time } = this.queue[i] as Waiting
      if (!Number.isNaN(time)) times.push(time)
    }
    return times
  }

  private impossible(time: number): string | undefined {
    if (time > this.options.now + DAY) return 'clock_in_the_future'
    if (time < OLDEST) return 'clock_before_1990'
    return undefined
  }

  private refusal({ line, time }: Waiting): string | undefined {
    if (line.tooLong !== undefined) return 'line_too_long'
    if (Number.isNaN(time)) return undefined
    const impossible = this.impossible(time)
    if (impossible !== undefined) return impossible
    return time > this.key + DAY && this.contradicted(time) ? 'clock_jumps' : undefined
  }

  /** Called with the line already taken: the head is the first witness. Nothing behind it: nothing contradicts. */
  private contradicted(time: number): boolean {
    this.head--
    const witnesses = this.witnesses(WITNESSES)
    this.head++
    const confirming = witnesses.filter((witness) => witness >= time - DAY).length
    return confirming * 2 < witnesses.length
  }
}
