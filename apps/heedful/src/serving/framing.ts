/** Lines that came through a door → frames: their time, and which of them are refused before anybody parses them. */
import { Framer } from '../intake/frames.ts'
import { LONGEST_LINE } from '../intake/lines.ts'
import type { OpenDoor } from './doors.ts'

export interface Framed {
  text: string
  /** ms UTC; NaN where the line has no stamp. */
  time: number
  refused?: string
}

/** What is kept of a line that is too long, in characters. */
const KEPT_OF_LONGER = 1024

/** `now`: stamps a day after it are refused, ms UTC. */
export function frameLines(lines: readonly string[], open: OpenDoor, now: number): Framed[] {
  const framer = new Framer({ clock: open.clock, keepClock: false, now, key: open.key })
  framer.push(
    lines.map((text, i) => {
      const line = { text, number: i + 1, end: 0, damaged: false }
      return text.length <= LONGEST_LINE ? line : { ...line, text: text.slice(0, KEPT_OF_LONGER), tooLong: text.length }
    }),
  )
  framer.end()
  const framed: Framed[] = []
  for (let frame = framer.next(); frame !== undefined; frame = framer.next()) {
    const { line, time, refused } = frame
    framed.push(refused === undefined ? { text: line.text, time } : { text: line.text, time, refused })
    open.key = frame.key
  }
  return framed
}
