/** Lines that came through a door → frames: their time, and which of them are refused before anybody parses them. */
import { Framer } from '../intake/frames.ts'
import type { Line } from '../intake/lines.ts'
import type { OpenDoor } from './doors.ts'

export interface Framed {
  text: string
  /** ms UTC; NaN where the line has no stamp. */
  time: number
  refused?: string
}

/** `now`: stamps a day after it are refused, ms UTC. */
export function frameLines(lines: readonly Line[], open: OpenDoor, now: number): Framed[] {
  const framer = new Framer({ clock: open.clock, keepClock: false, now, key: open.key })
  framer.push(lines)
  framer.end()
  const framed: Framed[] = []
  for (let frame = framer.next(); frame !== undefined; frame = framer.next()) {
    const { line, time, refused } = frame
    framed.push(refused === undefined ? { text: line.text, time } : { text: line.text, time, refused })
    open.key = frame.key
  }
  return framed
}
