/** What sources whose stamps carry year and zone have alike: their clock, and how sure they are of a file. */
import type { Clock, ClockState } from '../source.ts'

class WholeStamps implements Clock {
  private readonly state: ClockState
  private readonly readStamp: (line: string) => number

  constructor(state: ClockState, readStamp: (line: string) => number) {
    this.state = { ...state }
    this.readStamp = readStamp
  }

  read(line: string): number {
    const time = this.readStamp(line)
    if (!Number.isNaN(time)) this.state.last = time
    return time
  }

  save(): ClockState {
    return { ...this.state }
  }
}

/** `readStamp` answers ms UTC, or NaN. */
export const clockOf = (state: ClockState, readStamp: (line: string) => number): Clock =>
  new WholeStamps(state, readStamp)

/** The mean likeness (0 … 1) of the first 200 lines that are not empty. */
export function meanLikeness(lines: readonly string[], likeness: (line: string) => number): number {
  const shown = lines.filter((line) => line.trim() !== '').slice(0, 200)
  const sum = shown.reduce((total, line) => total + likeness(line), 0)
  return shown.length === 0 ? 0 : sum / shown.length
}
