/** What sshd itself says: auth.c, auth2.c, monitor.c and packet.c of OpenSSH 3.9 … 10. */
import type { Event } from '../../event.ts'
import type { Parsed } from '../source.ts'
import { type Attempt, type Attempts, Rank } from './attempts.ts'
import { Absorbed, absorbed, ambiguous, damaged, type Entry, eventOf, told, userOf } from './entry.ts'
import { readClosedTail, readTail, type Tail } from './sshd-tail.ts'

const SECOND = 1000
/** LoginGraceTime of sshd: who named an account has this long to try something. */
const GRACE = 120 * SECOND
/** PAM and sshd speak of one attempt within the delay after a wrong password; looking up the name of an address may add much. */
export const PAM_WAIT = 30 * SECOND
/** Between `Accepted` and the session that PAM opens for it. */
const OPENED_WAIT = 5 * SECOND

export const keyOf = ({ host, program, pid }: Entry): string => `${host}\n${program}\n${pid}`
/** Whose log-in was accepted last: before privilege separation PAM opened the session in another process. */
const nameKey = ({ host, program }: Entry, name: string): string => `${host}\n${program}\n@${name}`

/** The vocabulary's word for what sshd calls a method. */
function methodOf(text: string): string {
  const slash = text.indexOf('/')
  const method = slash < 0 ? text : text.slice(0, slash)
  return method.startsWith('gssapi') ? 'kerberos' : method
}

const REASONS = new Map([
  ['password', 'bad_password'],
  ['keyboard-interactive', 'bad_password'],
  ['publickey', 'key_refused'],
])

function reasonOf(attempt: Attempt, method: string): string {
  if (attempt.barred !== '') return attempt.barred
  if (attempt.unknown) return 'unknown_user'
  return REASONS.get(method) ?? 'authentication_failure'
}

function failureOf(entry: Entry, attempt: Attempt, tail: Partial<Tail>, statusDetail: string, method?: string): Event {
  const event = eventOf(entry, {
    class: 'authentication',
    activity: 'logon',
    status: 'failure',
    statusDetail,
    ...userOf(tail.name ?? ''),
  })
  if (tail.from !== undefined) event.srcEndpoint = tail.from
  if (method !== undefined) event.authMethod = method
  if (tail.keyFingerprint !== undefined) event.keyFingerprint = tail.keyFingerprint
  if (attempt.unknown) event.unknownUser = true
  return event
}

const UNKNOWN = /^(?:invalid|illegal) user /

/** Takes `invalid user ` off, and remembers it. An account that is barred exists, though sshd then calls it invalid. */
function withoutUnknown(attempt: Attempt, text: string): string {
  const found = UNKNOWN.exec(text)
  if (found === null) return text
  if (attempt.barred === '') attempt.unknown = true
  return text.slice(found[0].length)
}

/** `METHOD for NAME from …`: splits off the method, which holds no space. */
function splitMethod(text: string): { method: string; rest: string } | undefined {
  const at = text.indexOf(' for ')
  if (at <= 0 || text.lastIndexOf(' ', at - 1) >= 0) return undefined
  return { method: methodOf(text.slice(0, at)), rest: text.slice(at + 5) }
}

function accepted(entry: Entry, attempts: Attempts, text: string): Parsed {
  const split = splitMethod(text)
  const tail = split === undefined ? undefined : readTail(split.rest)
  if (tail === 'ambiguous') return ambiguous(entry)
  if (split === undefined || tail === undefined || tail.name === '') return damaged(entry, 'an accepted log-in')
  const attempt = attempts.touch(keyOf(entry))
  const second = attempt.partial
  // Its keys and modules that refused before were not asked alone; wrong passwords sshd has told itself.
  attempt.held = null
  Object.assign(attempt, { granted: true, unknown: false, barred: '', partial: false })
  const event = eventOf(entry, {
    class: 'authentication',
    activity: 'logon',
    status: 'success',
    user: { name: tail.name },
    srcEndpoint: tail.from,
    authMethod: split.method,
  })
  if (tail.keyFingerprint !== undefined) event.keyFingerprint = tail.keyFingerprint
  if (second) event.isMfa = true
  attempts.touch(nameKey(entry, tail.name)).granted = true
  return told(event)
}

/** PAM opens a session under sshd: held, as only the line of sshd knows the address and the method. */
export function holdOpened(entry: Entry, attempts: Attempts, event: Event): Parsed {
  const attempt = attempts.touch(keyOf(entry))
  const named = attempts.find(nameKey(entry, event.user?.name ?? ''))
  if (attempt.granted || (named?.granted === true && entry.time - named.touched <= OPENED_WAIT)) {
    return absorbed(Absorbed.session)
  }
  attempts.hold(attempt, Rank.opened, 'pam', event, OPENED_WAIT)
  return absorbed(Absorbed.held)
}

function failed(entry: Entry, attempts: Attempts, text: string): Parsed {
  const split = splitMethod(text)
  if (split === undefined) return damaged(entry, 'a failed log-in')
  const nameOnly = split.rest.replace(UNKNOWN, '')
  const tail = readTail(nameOnly)
  if (tail === 'ambiguous') return ambiguous(entry)
  if (tail === undefined) return damaged(entry, 'a failed log-in')
  const attempt = attempts.touch(keyOf(entry))
  withoutUnknown(attempt, split.rest)
  const { method } = split
  const event = failureOf(entry, attempt, tail, reasonOf(attempt, method), method === 'none' ? undefined : method)
  if (method === 'none' || method === 'publickey') {
    if (attempt.told > 0) return absorbed(Absorbed.told)
    const rank = method === 'none' ? Rank.named : Rank.key
    // Every client asks first with `none`, which only says the name.
    if (method === 'none' && !attempt.unknown) return absorbed(Absorbed.server)
    return absorbed(attempts.hold(attempt, rank, 'sshd', event, GRACE) ? Absorbed.held : Absorbed.told)
  }
  const untold = attempts.settle(attempt, entry.count)
  return untold === 0 ? absorbed(Absorbed.told) : told({ ...event, count: untold })
}

/** `Invalid user NAME from ADDRESS port N`. */
function unknownUser(entry: Entry, attempts: Attempts, text: string): Parsed {
  const tail = readTail(text)
  if (tail === undefined || tail === 'ambiguous') return damaged(entry, 'an unknown user with an address')
  const key = keyOf(entry)
  const before = attempts.find(key)
  // The number belonged to a process that is gone.
  if (before !== undefined && (before.told > 0 || before.granted)) attempts.forget(key)
  const attempt = attempts.touch(key)
  attempt.unknown = true
  const event = failureOf(entry, attempt, tail, 'unknown_user')
  return absorbed(attempts.hold(attempt, Rank.named, 'sshd', event, GRACE) ? Absorbed.held : Absorbed.told)
}

/** The dialogue ends and names whom it was about. It is a failure of its own only where nothing else was said. */
function ended(entry: Entry, attempts: Attempts, tail: Tail | undefined, text: string, why: string): Parsed {
  if (tail === undefined) return damaged(entry, 'a closed connection')
  const attempt = attempts.touch(keyOf(entry))
  withoutUnknown(attempt, text)
  if (attempt.held !== null) attempts.tell(attempt)
  else if (attempt.told === 0 && attempt.owed === 0 && !attempt.granted) {
    attempt.told = 1
    return told(failureOf(entry, attempt, tail, attempt.barred || (attempt.unknown ? 'unknown_user' : why)))
  }
  return absorbed(Absorbed.told)
}

const NAMED_END =
  /^(?:Connection (?:closed|reset) by|Disconnected from|Disconnecting) ((?:authenticating|invalid) user )/

/** `Connection closed by authenticating user NAME ADDRESS port N` and its kin; `: reason` behind the port is dropped. */
function closed(entry: Entry, attempts: Attempts, message: string): Parsed {
  const named = NAMED_END.exec(message)
  if (named === null) {
    const attempt = attempts.find(keyOf(entry))
    if (message.startsWith('Disconnected from user ') || attempt?.granted === true) return absorbed(Absorbed.session)
    if (attempt === undefined) return absorbed(Absorbed.nameless)
    attempts.tell(attempt)
    return absorbed(Absorbed.told)
  }
  let rest = message.slice(named[0].length)
  if (message.startsWith('Disconnecting')) rest = rest.replace(/( port \d{1,5}): [^:]*$/, '$1')
  const user = named[1] === 'invalid user ' ? `invalid user ${rest}` : rest
  return ended(entry, attempts, readClosedTail(rest), user, 'closed_before_authentication')
}

/** `maximum authentication attempts exceeded for NAME from …`. */
function exceeded(entry: Entry, attempts: Attempts, text: string): Parsed {
  const tail = readTail(text.replace(UNKNOWN, ''))
  return ended(entry, attempts, tail === 'ambiguous' ? undefined : tail, text, 'too_many_attempts')
}

const BARRED = /^User (\S+) from (\S+) not allowed because (.*)$/

/** `User NAME from HOST not allowed because …`: sshd goes on asking, and refuses whatever comes. */
function barred(entry: Entry, attempts: Attempts, message: string): Parsed {
  const found = BARRED.exec(message)
  if (found === null) return absorbed(Absorbed.server)
  const attempt = attempts.touch(keyOf(entry))
  attempt.barred = (found[3] as string).includes('locked') ? 'locked' : 'not_allowed'
  const from = readClosedTail(`${found[1]} ${found[2]}`) ?? readTail(message.slice(5, message.indexOf(' not allowed')))
  const tail = from === undefined || from === 'ambiguous' ? { name: found[1] as string } : from
  const event = failureOf(entry, attempt, tail, attempt.barred)
  return absorbed(attempts.hold(attempt, Rank.named, 'sshd', event, GRACE) ? Absorbed.held : Absorbed.told)
}

/** `PAM: Authentication failure for NAME from HOST`, of keyboard-interactive. */
function pamRefusal(entry: Entry, attempts: Attempts, text: string): Parsed {
  const at = text.indexOf(' for ')
  if (at < 0) return absorbed(Absorbed.server)
  const attempt = attempts.touch(keyOf(entry))
  const tail = readTail(withoutUnknown(attempt, text.slice(at + 5)))
  if (tail === undefined || tail === 'ambiguous') return damaged(entry, 'a refusal by PAM')
  const event = failureOf(entry, attempt, tail, reasonOf(attempt, 'keyboard-interactive'), 'keyboard-interactive')
  return absorbed(attempts.hold(attempt, Rank.service, 'sshd', event, PAM_WAIT) ? Absorbed.held : Absorbed.told)
}

const DENIED = /^Access denied for user (.*) by PAM account configuration$/

/** The secret was right, the account may not. */
function denied(entry: Entry, attempts: Attempts, message: string): Parsed {
  const name = DENIED.exec(message)?.[1]
  if (name === undefined) return absorbed(Absorbed.server)
  const attempt = attempts.touch(keyOf(entry))
  const before = attempt.held?.event
  attempts.settle(attempt, entry.count)
  const event = failureOf(entry, attempt, { name }, before?.statusDetail ?? 'not_allowed')
  if (before?.srcEndpoint !== undefined) event.srcEndpoint = before.srcEndpoint
  return told(event)
}

function rootRefused(entry: Entry, attempts: Attempts, text: string): Parsed {
  const tail = readTail(`root from ${text}`)
  if (tail === undefined || tail === 'ambiguous') return damaged(entry, 'a refused log-in of root')
  const attempt = attempts.touch(keyOf(entry))
  const untold = attempts.settle(attempt, entry.count)
  return untold === 0 ? absorbed(Absorbed.told) : told(failureOf(entry, attempt, tail, 'not_allowed'))
}

function partial(entry: Entry, attempts: Attempts): Parsed {
  attempts.touch(keyOf(entry)).partial = true
  return absorbed(Absorbed.told)
}

/** Beginnings that matter, by their first letter; everything else is about the server. */
function dispatch(entry: Entry, attempts: Attempts, message: string): Parsed {
  switch (message.charCodeAt(0)) {
    case 65: // A
      if (message.startsWith('Accepted ')) return accepted(entry, attempts, message.slice(9))
      return message.startsWith('Access denied for ') ? denied(entry, attempts, message) : absorbed(Absorbed.server)
    case 67: // C
      return /^Connection (closed|reset) by /.test(message)
        ? closed(entry, attempts, message)
        : absorbed(Absorbed.nameless)
    case 68: // D
      if (message.startsWith('Did not receive identification')) return absorbed(Absorbed.nameless)
      return message.startsWith('Disconnect') ? closed(entry, attempts, message) : absorbed(Absorbed.server)
    case 70: // F
      return message.startsWith('Failed ') ? failed(entry, attempts, message.slice(7)) : absorbed(Absorbed.server)
    case 73: // I
      return UNKNOWN.test(`i${message.slice(1)}`)
        ? unknownUser(entry, attempts, message.slice(13))
        : absorbed(Absorbed.server)
    case 80: // P
      if (message.startsWith('PAM: ')) return pamRefusal(entry, attempts, message.slice(5))
      return message.startsWith('Partial ') ? partial(entry, attempts) : absorbed(Absorbed.server)
    case 82: // R
      if (message.startsWith('Received disconnect ')) return closed(entry, attempts, message)
      if (message.startsWith('ROOT LOGIN REFUSED FROM ')) return rootRefused(entry, attempts, message.slice(24))
      return absorbed(Absorbed.server)
    case 84: // T
      return message.startsWith('Timeout before ') ? closed(entry, attempts, message) : absorbed(Absorbed.server)
    case 85: // U
      return message.startsWith('User ') ? barred(entry, attempts, message) : absorbed(Absorbed.server)
    case 109: // m
      return message.startsWith('maximum authentication attempts exceeded for ')
        ? exceeded(entry, attempts, message.slice(45))
        : absorbed(Absorbed.server)
    default:
      return absorbed(
        /^(Bad protocol|banner exchange|kex_exchange|ssh_dispatch_run|Unable to neg)/.test(message)
          ? Absorbed.nameless
          : Absorbed.server,
      )
  }
}

const PREAUTH = ' [preauth]'

export function parseSshd(entry: Entry, attempts: Attempts): Parsed {
  let { message } = entry
  if (message.startsWith('error: ')) message = message.slice(7)
  else if (message.startsWith('fatal: ')) message = message.slice(7)
  if (message.endsWith(PREAUTH)) message = message.slice(0, -PREAUTH.length)
  return dispatch(entry, attempts, message)
}
