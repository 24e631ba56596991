/** One message of one program, on its way to be an event. */
import { canonicalAddress } from '../../enrich/address.ts'
import type { Endpoint, Event, User } from '../../event.ts'
import type { Parsed } from '../source.ts'

export interface Entry {
  host: string
  /** The program without what versions and ways of starting add to it: `sshd-session` is sshd, `su-l` is su. */
  program: string
  pid: string
  message: string
  time: number
  id: string
  position: number
  /** `message repeated N times` makes N. */
  count: number
}

/** Why a line is no event of its own. Few and fixed: people read them as a table. */
export const Absorbed = {
  told: 'part of a log-in or dialogue that is told by another line',
  held: 'kept for some seconds: a better line on the same attempt may follow',
  nameless: 'a connection that ended before it named anybody',
  server: 'a message about the server, not about a log-in',
  batch: 'a session of a scheduled job or a system service',
  session: 'a notice about a session that the service itself has told',
  other: 'a program that has nothing to do with log-ins',
  empty: 'an empty line, or a mark of the logger',
} as const

export const absorbed = (why: string): Parsed => ({ kind: 'absorbed', why })
export const told = (event: Event): Parsed => ({ kind: 'events', events: [event] })

export function refused(reason: string, detail: string): Parsed {
  return { kind: 'refused', reason, detail }
}

/** A message that a program of ours begins like this, but that does not go on as it would write it. */
export const damaged = (entry: Entry, what: string): Parsed =>
  refused('message_damaged', `${entry.program}: "${entry.message.slice(0, 120)}" is not ${what}`)

export const ambiguous = (entry: Entry): Parsed =>
  refused(
    'message_ambiguous',
    `${entry.program}: "${entry.message.slice(0, 120)}" can be read in two ways: somebody hides`,
  )

type Made = Pick<Event, 'class' | 'activity' | 'status'> & Partial<Event>

function hostEndpoint(host: string): Endpoint {
  const ip = canonicalAddress(host)
  return ip === undefined ? { hostname: host } : { ip }
}

export function eventOf(entry: Entry, made: Made): Event {
  const { id, position, time, count } = entry
  const event: Event = { id, position, time, count, service: entry.program, ...made }
  if (entry.host !== '') event.dstEndpoint = hostEndpoint(entry.host)
  return event
}

/** Whether a text may be the name of a machine; sshd writes names as the resolver gave them. */
const HOST_NAME = /^[\w.-]{1,255}$/

/** Who is at the other end: an address in its one spelling, else a name. Undefined where it is neither. */
export function remote(text: string, port?: string): Endpoint | undefined {
  const zone = text.indexOf('%')
  const ip = canonicalAddress(zone > 0 ? text.slice(0, zone) : text)
  if (ip === undefined && !HOST_NAME.test(text)) return undefined
  // sshd's word for a connection that was gone before it could ask.
  const endpoint: Endpoint = ip !== undefined ? { ip } : text === 'UNKNOWN' ? {} : { hostname: text }
  const number = port === undefined ? Number.NaN : Number(port)
  if (number >= 0 && number <= 65_535) endpoint.port = number
  return endpoint
}

/** Nobody's name is no name. */
export const userOf = (name: string): { user?: User } => (name === '' ? {} : { user: { name } })
