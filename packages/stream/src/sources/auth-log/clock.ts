/** Stamps of an authentication log → ms UTC. */
import type { Clock, ClockState } from '../source.ts'
import { readRfc3164, readRfc3339, type Stamp } from '../stamp.ts'
import { StampResolver } from '../stamp-resolver.ts'
import { journalTime } from './journal.ts'

/** The stamp that a line of text begins with (behind the `<priority>` of RFC 3164, where there is one). */
export function readStamp(line: string): Stamp | undefined {
  let at = 0
  if (line.charCodeAt(0) === 60) {
    const close = line.indexOf('>')
    if (close < 2 || close > 4) return undefined
    at = close + 1
  }
  const first = line.charCodeAt(at)
  return first >= 48 && first <= 57 ? readRfc3339(line, at) : readRfc3164(line, at)
}

export class AuthLogClock implements Clock {
  private readonly stamps: StampResolver

  /** Throws `SourceError` timezone_unknown. */
  constructor(state: ClockState) {
    this.stamps = new StampResolver(state)
  }

  read(line: string): number {
    if (line.charCodeAt(0) === 123) return this.stamps.keep(journalTime(line))
    const stamp = readStamp(line)
    return stamp === undefined ? Number.NaN : this.stamps.resolve(stamp)
  }

  save(): ClockState {
    return this.stamps.save()
  }
}
