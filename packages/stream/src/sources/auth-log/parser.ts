/** One line of an authentication log → at most one event, and what was held back before it. */
import type { Event } from '../../event.ts'
import type { Door } from '../../log.ts'
import type { Parsed, Parser } from '../source.ts'
import { SourceError } from '../source-error.ts'
import { ACCOUNT_TOOLS, parseAccount, withActor } from './accounts.ts'
import { Attempts, type AttemptsState } from './attempts.ts'
import { readStamp } from './clock.ts'
import { Absorbed, absorbed, type Entry, refused } from './entry.ts'
import { type LastCommand, parsePkexec, parseSu, parseSudo } from './escalation.ts'
import { readJournal } from './journal.ts'
import { parseMoreFailures, parseOldPam, parsePam, readPam } from './pam.ts'
import { parseSshd } from './sshd.ts'
import { readSyslogLine, type SyslogLine } from './syslog-line.ts'

/** Longer ones are no message of these programs; syslog itself cuts at 8 KiB unless told otherwise. */
const LONGEST = 64 * 1024
/** Hosts whose last command under sudo is remembered. */
const HOSTS = 1024
/** Repetitions that one line may stand for. */
const MOST = 1_000_000

type AuthLogState = {
  format: 'auth-log'
  version: 1
  attempts: AttemptsState
  commands: [string, LastCommand][]
  before: SyslogLine | null
}

const REPEATED = /^message repeated (\d{1,9}) times?: \[ ?/
const LAST_REPEATED = /^message repeated (\d{1,9}) times?$/

/** What versions and ways of starting add to the names of our programs. */
const PROGRAMS = new Map([
  ['sshd', 'sshd'],
  ['sshd-session', 'sshd'],
  ['sshd-auth', 'sshd'],
  ['sudo', 'sudo'],
  ['su', 'su'],
  ['su-l', 'su'],
  ['pkexec', 'pkexec'],
  ['systemd-logind', 'systemd-logind'],
  ...[...ACCOUNT_TOOLS].map((tool): [string, string] => [tool, tool]),
])

const OLD_PAM = /^(\S+)\((?:pam_)(\w+)\)$/
const DAEMON = /^\/(?:\S*\/)(\S+)$/

const countOf = (digits: string | undefined): number => Math.min(MOST, Math.max(1, Number(digits)))

export class AuthLogParser implements Parser {
  private readonly attempts: Attempts
  private readonly commands: Map<string, LastCommand>
  /** The message before: old loggers write `last message repeated 2 times` and mean it. */
  private before: SyslogLine | null

  /** Throws `SourceError` state_foreign. */
  constructor(_door: Door, saved?: unknown) {
    const state = saved as AuthLogState | undefined
    if (state !== undefined && (state.format !== 'auth-log' || state.version !== 1)) {
      throw new SourceError('state_foreign', 'this is no state of an auth-log parser of version 1')
    }
    this.attempts = new Attempts(state?.attempts)
    this.commands = new Map(state?.commands.map(([host, last]) => [host, { ...last }]))
    this.before = state?.before == null ? null : { ...state.before }
  }

  parse(line: string, time: number, id: () => string, position: number): Parsed {
    if (line.length > LONGEST) return refused('line_too_long', `${line.length} characters, more than ${LONGEST}`)
    if (line.trim() === '' || line.startsWith('-- ')) return absorbed(Absorbed.empty)
    const read = readLine(line, time)
    if ('kind' in read) return read
    const parsed = this.told(read, time, id(), position)
    return parsed.kind === 'refused' || !this.attempts.waiting ? parsed : this.withReleased(parsed)
  }

  flush(time: number): Event[] {
    this.attempts.advance(time)
    return this.attempts.take()
  }

  save(): AuthLogState {
    return {
      format: 'auth-log',
      version: 1,
      attempts: this.attempts.save(),
      commands: [...this.commands].map(([host, last]) => [host, { ...last }]),
      before: this.before === null ? null : { ...this.before },
    }
  }

  private withReleased(parsed: Parsed): Parsed {
    const own = parsed.kind === 'events' ? parsed.events : []
    return { kind: 'events', events: [...this.attempts.take(), ...own] }
  }

  private told(read: SyslogLine, time: number, id: string, position: number): Parsed {
    if (read.program === 'last' || read.program === 'message') return this.repeatLast(read, time, id, position)
    this.before = read
    const repeated = REPEATED.exec(read.message)
    if (repeated === null || !read.message.endsWith(']')) return this.dispatch(read, time, id, position, 1)
    const message = read.message.slice(repeated[0].length, -1).trimEnd()
    return this.dispatch({ ...read, message }, time, id, position, countOf(repeated[1]))
  }

  /** `host last message repeated 2 times`, of loggers that name no program: counted where the line before is of that host. */
  private repeatLast(read: SyslogLine, time: number, id: string, position: number): Parsed {
    const text = `${read.program === 'last' ? '' : 'message '}${read.message}`
    const times = LAST_REPEATED.exec(text)?.[1]
    const { before } = this
    if (times === undefined || before === null || before.host !== read.host) return absorbed(Absorbed.empty)
    return this.dispatch(before, time, id, position, countOf(times))
  }

  private dispatch(read: SyslogLine, time: number, id: string, position: number, count: number): Parsed {
    const { message } = read
    const known = PROGRAMS.get(read.program)
    const isPam = message.startsWith('pam_')
    if (known === undefined && !isPam && !read.program.includes('(') && !read.program.startsWith('/')) {
      this.attempts.advance(time)
      return message.startsWith('PAM ') ? this.other(read, time, id, position, count) : absorbed(Absorbed.other)
    }
    this.attempts.advance(time)
    const program = known ?? read.program
    const entry: Entry = { host: read.host, program, pid: read.pid, message, time, id, position, count }
    if (isPam) {
      const pam = readPam(message)
      return pam === undefined ? absorbed(Absorbed.server) : this.withActor(entry, parsePam(entry, this.attempts, pam))
    }
    return known === undefined ? this.byOtherName(entry) : this.byProgram(entry)
  }

  /** `PAM 2 more authentication failures`, of any program. */
  private other(read: SyslogLine, time: number, id: string, position: number, count: number): Parsed {
    const { host, program, pid, message } = read
    return (
      parseMoreFailures({ host, program, pid, message, time, id, position, count }, this.attempts) ??
      absorbed(Absorbed.other)
    )
  }

  /** `sshd(pam_unix)`, `/usr/sbin/sshd`. */
  private byOtherName(entry: Entry): Parsed {
    const old = OLD_PAM.exec(entry.program)
    if (old !== null) {
      const name = old[1] as string
      return parseOldPam({ ...entry, program: PROGRAMS.get(name) ?? name }, this.attempts, old[2] as string)
    }
    const program = PROGRAMS.get(DAEMON.exec(entry.program)?.[1] ?? '')
    return program === undefined ? absorbed(Absorbed.other) : this.byProgram({ ...entry, program })
  }

  private byProgram(entry: Entry): Parsed {
    const more = entry.message.startsWith('PAM ') ? parseMoreFailures(entry, this.attempts) : undefined
    if (more !== undefined) return more
    switch (entry.program) {
      case 'sshd':
        return parseSshd(entry, this.attempts)
      case 'sudo':
        return parseSudo(entry, this.attempts, (last) => this.remember(entry.host, last))
      case 'su':
        return parseSu(entry, this.attempts)
      case 'pkexec':
        return parsePkexec(entry)
      case 'systemd-logind':
        return absorbed(Absorbed.session)
      default:
        return parseAccount(entry, this.commands.get(entry.host))
    }
  }

  /** A password that a tool changed under sudo was changed by somebody. */
  private withActor(entry: Entry, parsed: Parsed): Parsed {
    if (parsed.kind !== 'events' || !ACCOUNT_TOOLS.has(entry.program)) return parsed
    const last = this.commands.get(entry.host)
    return { kind: 'events', events: parsed.events.map((event) => withActor(entry, event, last)) }
  }

  private remember(host: string, last: LastCommand): void {
    this.commands.delete(host)
    this.commands.set(host, last)
    if (this.commands.size <= HOSTS) return
    for (const oldest of this.commands.keys()) {
      this.commands.delete(oldest)
      return
    }
  }
}

/** The header of a line, or why it is refused. */
function readLine(line: string, time: number): SyslogLine | Parsed {
  if (line.charCodeAt(0) === 123) {
    const entry = readJournal(line)
    if (entry === undefined) {
      return line.includes('"MESSAGE":null')
        ? absorbed(Absorbed.server)
        : refused('journal_invalid', 'neither an entry of a journal (with MESSAGE as text) nor a syslog line')
    }
    return Number.isNaN(time) ? refused('stamp_missing', 'the entry has no sound __REALTIME_TIMESTAMP') : entry
  }
  const stamp = readStamp(line)
  if (stamp === undefined || Number.isNaN(time)) {
    return refused('stamp_missing', 'the line does not begin with a stamp (Mar  7 06:25:01 or 2024-03-07T06:25:01Z)')
  }
  const read = readSyslogLine(line, stamp.end)
  return read ?? refused('shape_unknown', 'no "host program: message" behind the stamp')
}
