/** Lines of `journalctl -o json`: one flat object each, all values texts. Fields: systemd.journal-fields(7). */
import type { SyslogLine } from './syslog-line.ts'

const STAMP = '"__REALTIME_TIMESTAMP":"'

/** Microseconds since 1970 as text → ms, or NaN. */
function readMicroseconds(text: unknown): number {
  if (typeof text !== 'string' || !/^\d{1,17}$/.test(text)) return Number.NaN
  return Math.floor(Number(text) / 1000)
}

/** Quotes inside of values are escaped, and the object is flat: so the mark is never part of a message. */
export function journalTime(line: string): number {
  const at = line.indexOf(STAMP)
  if (at >= 0) {
    const from = at + STAMP.length
    return readMicroseconds(line.slice(from, line.indexOf('"', from)))
  }
  return line.includes('__REALTIME_TIMESTAMP')
    ? readMicroseconds(readObject(line)?.get('__REALTIME_TIMESTAMP'))
    : Number.NaN
}

function readObject(line: string): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return new Map(Object.entries(value))
  } catch {
    return undefined
  }
}

/** A message with unprintable bytes is written as an array of them. */
function readMessage(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return undefined
  let text = ''
  for (const byte of value) {
    if (typeof byte !== 'number') return undefined
    text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '\uFFFD'
  }
  return text
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Undefined where the line is no entry of a journal. */
export function readJournal(line: string): SyslogLine | undefined {
  const entry = readObject(line)
  const message = readMessage(entry?.get('MESSAGE'))
  if (entry === undefined || message === undefined) return undefined
  return {
    host: textOf(entry.get('_HOSTNAME')),
    program: textOf(entry.get('SYSLOG_IDENTIFIER')) || textOf(entry.get('_COMM')),
    pid: textOf(entry.get('SYSLOG_PID')) || textOf(entry.get('_PID')),
    message,
  }
}
