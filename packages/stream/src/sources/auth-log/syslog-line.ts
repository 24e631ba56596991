/** The header of a syslog line behind its stamp: `host program[pid]: message`. RFC 3164, sections 4.1.2 and 4.1.3. */

export interface SyslogLine {
  /** Empty where the line has none. */
  host: string
  program: string
  /** Empty where the line has none (sudo). */
  pid: string
  message: string
}

const SPACE = 32
const COLON = 58
const OPEN = 91

/** Where the name of a program ends: at `[`, `:` or a space. */
function programEnd(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const letter = line.charCodeAt(at)
    if (letter === COLON || letter === OPEN || letter === SPACE) return at
  }
  return line.length
}

function skipSpaces(line: string, from: number): number {
  let at = from
  while (line.charCodeAt(at) === SPACE) at++
  return at
}

/** `gdm-password]` is how gdm names itself. */
function programName(line: string, from: number, to: number): string {
  return line.slice(from, line.charCodeAt(to - 1) === 93 ? to - 1 : to)
}

/** Undefined where the line breaks off before its message, or names no program. */
export function readSyslogLine(line: string, stampEnd: number): SyslogLine | undefined {
  if (line.charCodeAt(stampEnd) !== SPACE) return undefined
  const hostAt = skipSpaces(line, stampEnd)
  let programAt = hostAt
  let host = ''
  const firstEnd = programEnd(line, hostAt)
  // A line without a host begins with `program:` or `program[pid]:`; an IPv6 address as host has its colons inside.
  const hostEnd = line.indexOf(' ', hostAt)
  const bare = firstEnd === hostEnd || (line.charCodeAt(firstEnd) === COLON && firstEnd + 1 !== hostEnd)
  if (bare) {
    if (hostEnd < 0) return undefined
    host = line.slice(hostAt, hostEnd)
    programAt = skipSpaces(line, hostEnd)
  }
  return readProgram(line, programAt, host)
}

function readProgram(line: string, from: number, host: string): SyslogLine | undefined {
  const end = programEnd(line, from)
  if (end === from || end >= line.length) return undefined
  const program = programName(line, from, end)
  const mark = line.charCodeAt(end)
  if (mark === SPACE) return { host, program, pid: '', message: line.slice(end + 1) }
  if (mark === COLON) return { host, program, pid: '', message: line.slice(skipSpaces(line, end + 1)) }
  const close = line.indexOf(']', end)
  if (close < 0 || line.charCodeAt(close + 1) !== COLON) return undefined
  return { host, program, pid: line.slice(end + 1, close), message: line.slice(skipSpaces(line, close + 2)) }
}
