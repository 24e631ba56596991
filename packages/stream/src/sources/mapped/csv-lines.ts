/**
 * Lines → records. Framing cuts at every line end, so a quoted field that holds one arrives in pieces: they are held and put
 * together until the quote closes, within bounds. Clock and parser see the same lines and so hold the same.
 */
import { type Dialect, splitRecord } from './csv.ts'

/** Characters and lines of one record that goes on over lines. */
const LONGEST = 128 * 1024
const MOST_LINES = 500

export type Joined =
  | { kind: 'fields'; fields: string[] }
  /** The line is the beginning, or the middle, of a record. */
  | { kind: 'held' }
  | { kind: 'broken'; detail: string }

export interface Held {
  text: string
  lines: number
}

export class CsvLines {
  private readonly dialect: Dialect
  private held: Held | undefined

  constructor(dialect: Dialect, held?: Held) {
    this.dialect = dialect
    this.held = held
  }

  /** What is held before the next line. */
  save(): Held | undefined {
    return this.held
  }

  add(line: string): Joined {
    const { held } = this
    if (held === undefined) return this.take(line, 1)
    const text = `${held.text}\n${line}`
    // Most lines in the middle of a text have no quote, and need no second look at what came before.
    if (line.includes(this.dialect.quote)) return this.take(text, held.lines + 1)
    return this.hold(text, held.lines + 1)
  }

  private take(text: string, lines: number): Joined {
    this.held = undefined
    const split = splitRecord(text, this.dialect)
    if (split.kind === 'open') return this.hold(text, lines)
    if (split.kind === 'fields') return split
    const place = `text stands behind a closing quote (character ${split.at + 1})`
    return {
      kind: 'broken',
      detail: lines === 1 ? place : `${place} of a record of ${lines} lines, none of which is read`,
    }
  }

  private hold(text: string, lines: number): Joined {
    if (text.length > LONGEST || lines > MOST_LINES) {
      this.held = undefined
      const detail = `a quoted field does not end within ${lines === 1 ? 'its line' : `${lines} lines`} and ${LONGEST} characters`
      return { kind: 'broken', detail: lines === 1 ? detail : `${detail}; none of them is read` }
    }
    this.held = { text, lines }
    return { kind: 'held' }
  }
}
