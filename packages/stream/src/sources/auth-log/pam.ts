/** What PAM modules say, whatever program they speak in: pam_unix, pam_sss, pam_ldap, pam_winbind, pam_faillock … */
import type { Endpoint, Event } from '../../event.ts'
import type { Parsed } from '../source.ts'
import { type Attempts, Rank } from './attempts.ts'
import { Absorbed, absorbed, ambiguous, damaged, type Entry, eventOf, remote, told, userOf } from './entry.ts'
import { dialogueKey, escalationOf } from './escalation.ts'
import { holdOpened, keyOf, PAM_WAIT } from './sshd.ts'

/** Sessions that no person opens. */
const BATCH = new Set([
  'cron',
  'crond',
  'atd',
  'anacron',
  'systemd-user',
  'runuser',
  'runuser-l',
  'gdm-launch-environment',
  'lightdm-greeter',
  'sddm-greeter',
])
const ESCALATIONS = new Set(['sudo', 'su', 'polkit-1', 'doas'])
const PASSWORD_TOOLS = new Set(['passwd', 'chpasswd', 'newusers'])

export interface PamLine {
  /** `unix` of pam_unix. */
  module: string
  service: string
  /** auth, account, session, chauthtok; empty where the module does not say. */
  type: string
  text: string
}

const plainService = (service: string): string => service.replace(/^(sudo|su)-[il]$/, '$1')

/** `pam_unix(sshd:auth): text`. */
export function readPam(message: string): PamLine | undefined {
  const open = message.indexOf('(')
  const close = message.indexOf('): ', open)
  if (!message.startsWith('pam_') || open < 0 || close < 0) return undefined
  const inside = message.slice(open + 1, close)
  const colon = inside.lastIndexOf(':')
  return {
    module: message.slice(4, open),
    service: plainService(colon < 0 ? inside : inside.slice(0, colon)),
    type: colon < 0 ? '' : inside.slice(colon + 1),
    text: message.slice(close + 3),
  }
}

interface Who {
  user: string
  /** Who asks for somebody else's rights. */
  ruser: string
  logname: string
  from: Endpoint | undefined
}

const valueAt = (text: string, from: number): string => {
  const end = text.indexOf(' ', from)
  return text.slice(from, end < 0 ? text.length : end)
}

/**
 * `logname= uid=0 euid=0 tty=ssh ruser= rhost=1.2.3.4  user=root`. Names that a client chose may stand in `ruser` and `user`
 * and hold a forged `rhost=`: what follows an empty `ruser=` is PAM's own; behind a name only one `rhost=` is believed.
 */
function readWho(text: string): Who | 'ambiguous' | undefined {
  const ruserAt = text.indexOf(' ruser=')
  if (ruserAt < 0) return undefined
  const rhostAt = text.indexOf(' rhost=', ruserAt)
  if (rhostAt < 0) return undefined
  const ruser = text.slice(ruserAt + 7, rhostAt)
  if (ruser !== '' && text.indexOf(' rhost=', rhostAt + 1) >= 0) return 'ambiguous'
  const rhost = valueAt(text, rhostAt + 7)
  const behind = text.slice(rhostAt + 7 + rhost.length)
  const user = /^\s+user=(.*)$/.exec(behind)?.[1] ?? ''
  const lognameAt = text.indexOf('logname=')
  return {
    user,
    ruser,
    logname: lognameAt < 0 ? '' : valueAt(text, lognameAt + 8),
    from: rhost === '' ? undefined : remote(rhost),
  }
}

function keyFor(entry: Entry, service: string, who: Who | undefined): string {
  if (service === 'sudo' && who !== undefined) return dialogueKey(entry, who.ruser || who.logname || who.user)
  return keyOf(entry)
}

function failureOf(entry: Entry, { service }: PamLine, who: Who, unknown: boolean): Event {
  if (ESCALATIONS.has(service)) {
    const target = service === 'sudo' ? 'root' : who.user
    return escalationOf({ ...entry, program: service }, who.ruser || who.logname, target, 'authentication_failure')
  }
  const user = who.user || who.ruser
  const isPasswordTool = PASSWORD_TOOLS.has(service)
  const event = eventOf(entry, {
    class: isPasswordTool ? 'account_change' : 'authentication',
    activity: isPasswordTool ? 'password_change' : 'logon',
    status: 'failure',
    statusDetail: unknown ? 'unknown_user' : 'authentication_failure',
    service,
    ...userOf(user),
  })
  if (who.from !== undefined) event.srcEndpoint = who.from
  if (unknown) event.unknownUser = true
  return event
}

function failure(entry: Entry, attempts: Attempts, line: PamLine, more: number): Parsed {
  const who = readWho(line.text)
  if (who === 'ambiguous') return ambiguous(entry)
  if (who === undefined) return damaged(entry, 'a failure with logname, ruser and rhost')
  const attempt = attempts.touch(keyFor(entry, line.service, who))
  if (more > 0) {
    // `N more authentication failures` sums up what sshd has told one by one.
    if (attempt.told > 0) return absorbed(Absorbed.told)
    attempts.tell(attempt)
  }
  // pam_unix names an account only where there is one.
  const nobody = line.module === 'unix' && who.user === '' && who.ruser === '' && !ESCALATIONS.has(line.service)
  const event = failureOf(entry, line, who, attempt.unknown || nobody)
  if (more > 0) return told({ ...event, count: more * entry.count })
  return absorbed(attempts.hold(attempt, Rank.pam, line.module, event, PAM_WAIT) ? Absorbed.held : Absorbed.told)
}

const MORE = /^(?:PAM )?(\d{1,6}) more authentication failures?; /

/** `PAM 2 more authentication failures; logname= …`, which libpam writes without naming a module. */
export function parseMoreFailures(entry: Entry, attempts: Attempts): Parsed | undefined {
  const found = MORE.exec(entry.message)
  if (found === null) return undefined
  const text = entry.message.slice(found[0].length)
  const line = { module: 'unix', service: plainService(entry.program), type: 'auth', text }
  return failure(entry, attempts, line, Math.max(1, Number(found[1])))
}

function auth(entry: Entry, attempts: Attempts, line: PamLine): Parsed {
  const { text } = line
  if (text.startsWith('authentication failure; ')) return failure(entry, attempts, line, 0)
  if (text.startsWith('check pass; user unknown')) {
    attempts.touch(keyOf(entry)).unknown = true
    return absorbed(Absorbed.told)
  }
  if (text.startsWith('authentication success; ')) {
    // Another module knows the account: the refusal of the one before it was none.
    const who = readWho(text)
    const attempt = attempts.find(keyFor(entry, line.service, typeof who === 'object' ? who : undefined))
    if (attempt?.held?.rank === Rank.pam) attempt.held = null
    return absorbed(Absorbed.told)
  }
  return line.module === 'faillock' ? lockedOut(entry, text) : absorbed(Absorbed.server)
}

function lockedOut(entry: Entry, text: string): Parsed {
  const name = /^Consecutive login failures for user (\S+) account temporarily locked$/.exec(text)?.[1]
  if (name === undefined) return absorbed(Absorbed.server)
  return told(eventOf(entry, { class: 'account_change', activity: 'lock', status: 'success', user: { name } }))
}

const OPENED = /^session opened for user (.*) by (\S*?)(?:\(uid=(\d+)\))?$/
const CLOSED = /^session closed for user (\S+)$/
const withoutUid = (name: string): string => name.replace(/\(uid=\d+\)$/, '')

function opened(entry: Entry, attempts: Attempts, { service }: PamLine, found: RegExpExecArray): Parsed {
  const name = withoutUid(found[1] as string)
  const by = found[2] || (found[3] === '0' ? 'root' : '')
  const event = eventOf(entry, {
    class: 'authentication',
    activity: 'logon',
    status: 'success',
    service,
    ...userOf(name),
  })
  if (entry.program === 'sshd') return holdOpened(entry, attempts, event)
  const attempt = attempts.touch(service === 'sudo' ? dialogueKey(entry, by) : keyOf(entry))
  if (attempt.granted) return absorbed(service === 'sudo' || service === 'su' ? Absorbed.told : Absorbed.session)
  attempts.tell(attempt)
  attempt.granted = true
  if (ESCALATIONS.has(service)) return told(escalationOf({ ...entry, program: service }, by, name))
  return told(event)
}

function session(entry: Entry, attempts: Attempts, line: PamLine): Parsed {
  const begun = OPENED.exec(line.text)
  if (begun !== null) return opened(entry, attempts, line, begun)
  const name = CLOSED.exec(line.text)?.[1]
  if (name === undefined) {
    return line.text.startsWith('session ') ? damaged(entry, 'a session with its user') : absorbed(Absorbed.server)
  }
  if (line.service === 'sudo') return absorbed(Absorbed.session)
  attempts.forget(keyOf(entry))
  const user = { name: withoutUid(name) }
  const { service } = line
  return told(eventOf(entry, { class: 'authentication', activity: 'logoff', status: 'success', service, user }))
}

function account(entry: Entry, attempts: Attempts, line: PamLine): Parsed {
  const name = /^(?:account|expired password for user) (\S+) (?:has expired|\(password aged\))/.exec(line.text)?.[1]
  if (name === undefined) return absorbed(Absorbed.server)
  const attempt = attempts.touch(keyOf(entry))
  const event = failureOf(entry, line, { user: name, ruser: '', logname: '', from: undefined }, false)
  event.statusDetail = 'expired'
  return absorbed(attempts.hold(attempt, Rank.pam, line.module, event, PAM_WAIT) ? Absorbed.held : Absorbed.told)
}

function changeOfSecret(entry: Entry, line: PamLine): Parsed {
  const activity = line.service === 'passwd' ? 'password_change' : 'password_reset'
  const changed = /^password changed for (\S+)$/.exec(line.text)?.[1]
  const { service } = line
  if (changed !== undefined) {
    const user = { name: changed }
    return told(eventOf(entry, { class: 'account_change', activity, status: 'success', service, user }))
  }
  const missing = /^user "(.*)" does not exist in /.exec(line.text)?.[1]
  if (missing === undefined) return absorbed(Absorbed.server)
  const event = eventOf(entry, { class: 'account_change', activity, status: 'failure', service, ...userOf(missing) })
  return told({ ...event, statusDetail: 'unknown_user', unknownUser: true })
}

export function parsePam(entry: Entry, attempts: Attempts, line: PamLine): Parsed {
  if (BATCH.has(line.service.toLowerCase())) return absorbed(Absorbed.batch)
  switch (line.type) {
    case 'auth':
      return auth(entry, attempts, line)
    case 'session':
      return session(entry, attempts, line)
    case 'account':
      return account(entry, attempts, line)
    case 'chauthtok':
      return line.text.startsWith('authentication failure; ')
        ? failure(entry, attempts, line, 0)
        : changeOfSecret(entry, line)
    default:
      return absorbed(Absorbed.server)
  }
}

/** Before Linux-PAM 0.99 the module stood in the program's name: `sshd(pam_unix)[123]: text`. */
export function parseOldPam(entry: Entry, attempts: Attempts, module: string): Parsed {
  const { message } = entry
  const more = MORE.exec(message)
  const service = plainService(entry.program)
  const line = (type: string, text = message): PamLine => ({ module, service, type, text })
  if (BATCH.has(service.toLowerCase())) return absorbed(Absorbed.batch)
  if (more !== null) return failure(entry, attempts, line('auth', message.slice(more[0].length)), Number(more[1]) || 1)
  if (message.startsWith('session ')) return session(entry, attempts, line('session'))
  if (/^(?:authentication failure|check pass)/.test(message)) return auth(entry, attempts, line('auth'))
  return message.startsWith('password changed')
    ? changeOfSecret(entry, line('chauthtok'))
    : account(entry, attempts, line('account'))
}
