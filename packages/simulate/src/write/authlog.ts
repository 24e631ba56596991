/**
 * Events as the lines that sshd, PAM, systemd-logind, sudo and su write, in the form of Debian's `auth.log` (RFC 3164
 * stamps, UTC). Events of other services leave no line there. Like a collector's, the lines of all hosts stand in one file,
 * and equal lines that follow each other become `message repeated N times`.
 */
import type { Event } from '@heedful/stream'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Sessions that are remembered until their end; the oldest is forgotten beyond. */
const MOST_SESSIONS = 20_000

interface Session {
  pid: number
  /** systemd-logind's number. */
  number: number
}

interface HostState {
  pid: number
  sessions: number
  /** systemd-logind's own. */
  logind: number
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** `Mar  7 13:06:56`, UTC. */
export function stampOf(time: number): string {
  const date = new Date(time)
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, ' ')} ${clock}`
}

/** The same name has the same number everywhere, as from a directory. */
function uidOf(name: string): number {
  if (name === 'root') return 0
  let h = 7
  for (let i = 0; i < name.length; i++) h = (Math.imul(h, 31) + name.charCodeAt(i)) >>> 0
  return 1000 + (h % 58_000)
}

export interface AuthLogLine {
  text: string
  /** Id of the event that it tells of; of several that one line counts, the last. */
  event: string
}

export interface AuthLogWriter {
  /**
   * The lines that an event adds, and those of earlier ones that were held back to be counted; none for events that no auth
   * log knows. Events come in order of time.
   */
  write(event: Event): AuthLogLine[]
  /** Lines still held back. */
  end(): AuthLogLine[]
}

class Writer implements AuthLogWriter {
  private readonly hosts = new Map<string, HostState>()
  private readonly sessions = new Map<string, Session>()
  private lastText = ''
  private lastPrefix = ''
  private lastStamp = ''
  private lastEvent = ''
  private repeats = 0

  write(event: Event): AuthLogLine[] {
    const host = event.dstEndpoint?.hostname
    if (host === undefined) return []
    const lines: AuthLogLine[] = []
    if (event.service === 'sshd') this.sshd(event, host, lines)
    else if (event.service === 'sudo') this.sudo(event, host, lines)
    else if (event.service === 'su') this.su(event, host, lines)
    return lines
  }

  end(): AuthLogLine[] {
    const lines: AuthLogLine[] = []
    this.release(lines)
    return lines
  }

  private release(lines: AuthLogLine[]): void {
    const { lastText, repeats, lastEvent: event } = this
    const said = repeats === 1 ? lastText : `message repeated ${repeats} times: [ ${lastText}]`
    if (repeats > 0) lines.push({ text: `${this.lastStamp} ${this.lastPrefix}: ${said}`, event })
    this.repeats = 0
  }

  private line(lines: AuthLogLine[], event: Event, host: string, program: string, text: string): void {
    const prefix = `${host} ${program}`
    const stamp = stampOf(event.time)
    if (prefix === this.lastPrefix && text === this.lastText) {
      this.repeats++
      this.lastStamp = stamp
      this.lastEvent = event.id
      return
    }
    this.release(lines)
    this.lastPrefix = prefix
    this.lastText = text
    this.lastStamp = stamp
    lines.push({ text: `${stamp} ${prefix}: ${text}`, event: event.id })
  }

  private host(name: string): HostState {
    let state = this.hosts.get(name)
    if (state === undefined) {
      const base = uidOf(name)
      state = { pid: 1200 + (base % 900), sessions: base % 40, logind: 600 + (base % 500) }
      this.hosts.set(name, state)
    }
    return state
  }

  /** A new process: numbers rise with what else starts on the host, and begin again at 4,194,304. */
  private fork(name: string, event: Event): number {
    const state = this.host(name)
    state.pid += 1 + ((event.id.charCodeAt(1) * 7 + event.id.charCodeAt(2)) % 61)
    if (state.pid > 4_194_303) state.pid = 300 + (state.pid % 300)
    return state.pid
  }

  private connection(event: Event, host: string): { key: string; session: Session; fresh: boolean } {
    const key = `${host} ${event.srcEndpoint?.ip} ${event.srcEndpoint?.port} ${event.user?.name}`
    const known = this.sessions.get(key)
    if (known !== undefined) return { key, session: known, fresh: false }
    const session = { pid: this.fork(host, event), number: 0 }
    this.sessions.set(key, session)
    if (this.sessions.size > MOST_SESSIONS) {
      for (const oldest of this.sessions.keys()) {
        this.sessions.delete(oldest)
        break
      }
    }
    return { key, session, fresh: true }
  }

  private sshd(event: Event, host: string, lines: AuthLogLine[]): void {
    const { key, session, fresh } = this.connection(event, host)
    const program = `sshd[${session.pid}]`
    const name = event.user?.name ?? ''
    const ip = event.srcEndpoint?.ip ?? 'UNKNOWN'
    const port = event.srcEndpoint?.port ?? 0
    const say = (text: string) => this.line(lines, event, host, program, text)
    const logind = `systemd-logind[${this.host(host).logind}]`
    if (event.activity === 'logoff') {
      say(`Received disconnect from ${ip} port ${port}:11: disconnected by user`)
      say(`Disconnected from user ${name} ${ip} port ${port}`)
      say(`pam_unix(sshd:session): session closed for user ${name}`)
      if (session.number > 0) {
        this.line(lines, event, host, logind, `Session ${session.number} logged out. Waiting for processes to exit.`)
        this.line(lines, event, host, logind, `Removed session ${session.number}.`)
      }
      this.sessions.delete(key)
      return
    }
    if (event.status !== 'success') return this.refuse(event, fresh, say)
    session.number = ++this.host(host).sessions
    const key2 = event.keyFingerprint === undefined ? '' : `: ED25519 ${event.keyFingerprint}`
    say(`Accepted ${event.authMethod ?? 'password'} for ${name} from ${ip} port ${port} ssh2${key2}`)
    say(`pam_unix(sshd:session): session opened for user ${name}(uid=${uidOf(name)}) by ${name}(uid=0)`)
    this.line(lines, event, host, logind, `New session ${session.number} of user ${name}.`)
  }

  private refuse(event: Event, fresh: boolean, say: (text: string) => void): void {
    const name = event.user?.name ?? ''
    const ip = event.srcEndpoint?.ip ?? 'UNKNOWN'
    const port = event.srcEndpoint?.port ?? 0
    const pam = `authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${ip}`
    if (event.unknownUser) {
      if (fresh) {
        say(`Invalid user ${name} from ${ip} port ${port}`)
        say('pam_unix(sshd:auth): check pass; user unknown')
        say(`pam_unix(sshd:auth): ${pam} `)
      }
      return say(`Failed password for invalid user ${name} from ${ip} port ${port} ssh2`)
    }
    if (fresh) say(`pam_unix(sshd:auth): ${pam}  user=${name}`)
    say(`Failed password for ${name} from ${ip} port ${port} ssh2`)
  }

  private sudo(event: Event, host: string, lines: AuthLogLine[]): void {
    const actor = event.actor?.name ?? ''
    const target = event.user?.name ?? 'root'
    const what = `TTY=pts/${uidOf(actor) % 4} ; PWD=/home/${actor} ; USER=${target} ; COMMAND=${event.command ?? ''}`
    const program = `sudo[${this.fork(host, event)}]`
    if (event.status !== 'success') {
      return this.line(lines, event, host, program, `${actor.padStart(8)} : user NOT in sudoers ; ${what}`)
    }
    this.line(lines, event, host, program, `${actor.padStart(8)} : ${what}`)
    const opened = `session opened for user ${target}(uid=${uidOf(target)}) by ${actor}(uid=${uidOf(actor)})`
    this.line(lines, event, host, program, `pam_unix(sudo:session): ${opened}`)
    this.line(lines, event, host, program, `pam_unix(sudo:session): session closed for user ${target}`)
  }

  private su(event: Event, host: string, lines: AuthLogLine[]): void {
    const actor = event.actor?.name ?? ''
    const target = event.user?.name ?? 'root'
    const program = `su[${this.fork(host, event)}]`
    const terminal = `pts/${uidOf(actor) % 4}`
    if (event.status !== 'success') {
      const detail = `logname=${actor} uid=${uidOf(actor)} euid=0 tty=/dev/${terminal} ruser=${actor} rhost=  user=${target}`
      this.line(lines, event, host, program, `pam_unix(su:auth): authentication failure; ${detail}`)
      return this.line(lines, event, host, program, `FAILED SU (to ${target}) ${actor} on ${terminal}`)
    }
    this.line(lines, event, host, program, `(to ${target}) ${actor} on ${terminal}`)
    const opened = `session opened for user ${target}(uid=${uidOf(target)}) by ${actor}(uid=${uidOf(actor)})`
    this.line(lines, event, host, program, `pam_unix(su:session): ${opened}`)
    this.line(lines, event, host, program, `pam_unix(su:session): session closed for user ${target}`)
  }
}

/** Opens a log that remembers process numbers and sessions from event to event. */
export function openAuthLog(): AuthLogWriter {
  return new Writer()
}
