/** When a sign-in was, without reading the rest of its line. */
import { readDate } from '../json/date.ts'
import { LONGEST } from '../json/document.ts'

/**
 * The sign-in's own time goes before the times at which it was handed on. A quote inside a JSON text is escaped, so what
 * these find is always a key; so where `properties` are a text, the time is that of the record around them.
 */
const KEYS = [
  /"createdDateTime"\s*:\s*"([^"\\]{1,40})"/i,
  /"timeGenerated"\s*:\s*"([^"\\]{1,40})"/i,
  /"time"\s*:\s*"([^"\\]{1,40})"/i,
]

/** ms UTC, or NaN where the line has no stamp or a damaged one. Stamps without an offset are UTC. */
export function readStamp(line: string): number {
  if (line.length > LONGEST) return Number.NaN
  for (const key of KEYS) {
    const found = key.exec(line)
    if (found !== null) return readDate(found[1])
  }
  return Number.NaN
}
