/** `@timestamp` of a line, without reading the rest of it where that can be avoided. */
import { readDate } from '../json/date.ts'
import { LONGEST } from '../json/document.ts'

/** Looked for without its first quote: `@` is rare, quotes are not. */
const KEY = '@timestamp"'
const FIRST = '{"@timestamp":"'
const QUOTE = 34
const BACKSLASH = 92

/** Behind the text that begins with the quote at `at`; the line's length where it never ends. */
function skipText(line: string, at: number): number {
  let end = line.indexOf('"', at + 1)
  while (end >= 0) {
    let escapes = 0
    while (line.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return end + 1
    end = line.indexOf('"', end + 1)
  }
  return line.length
}

/** Whether the quote at `place` opens a key of the outermost object. */
function isOutermost(line: string, place: number): boolean {
  let depth = 0
  for (let at = 0; at < place; ) {
    const letter = line.charCodeAt(at)
    if (letter === QUOTE) {
      at = skipText(line, at)
      continue
    }
    if (letter === 123 || letter === 91) depth++
    else if (letter === 125 || letter === 93) depth--
    at++
    if (at > place) return false
  }
  return depth === 1
}

function slowTime(line: string): number {
  try {
    const document: unknown = JSON.parse(line)
    if (typeof document !== 'object' || document === null || Array.isArray(document)) return Number.NaN
    const entry = Object.entries(document).find(([key]) => key === '@timestamp')
    return readDate(entry?.[1])
  } catch {
    return Number.NaN
  }
}

/** The text that follows the key at `place`, or undefined where it is not simply a text. */
function textBehind(line: string, place: number): string | undefined {
  let at = place + 1 + KEY.length
  while (line.charCodeAt(at) === 32) at++
  if (line.charCodeAt(at) !== 58) return undefined
  at++
  while (line.charCodeAt(at) === 32) at++
  if (line.charCodeAt(at) !== QUOTE) return undefined
  const end = line.indexOf('"', at + 1)
  const text = end < 0 || end > at + 64 ? undefined : line.slice(at + 1, end)
  return text?.includes('\\') ? undefined : text
}

/** ms UTC, or NaN. Equals what parsing the whole line would give, except that a line damaged behind its stamp has one too. */
export function readTimestamp(line: string): number {
  if (line.length > LONGEST) return Number.NaN
  const found = line.indexOf(KEY)
  const place = found - 1
  if (found < 1 || line.charCodeAt(place) !== QUOTE) {
    return found > 0 || (line.includes('timestamp') && line.includes('\\u')) ? slowTime(line) : Number.NaN
  }
  // The last of equal keys counts, and keys may be written with escapes.
  const only = line.indexOf(KEY, found + KEY.length) < 0 && !line.includes('\\u0040')
  const outermost = line.startsWith(FIRST) || isOutermost(line, place)
  const text = only && outermost ? textBehind(line, place) : undefined
  return text === undefined ? slowTime(line) : readDate(text)
}
