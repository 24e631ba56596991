/**
 * What people do at a keyboard, as the events that it leaves. Benign days and attacks use the same functions: they differ
 * in who sits where, when, and what is opened.
 */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint, Event, User } from '@heedful/stream'
import { MINUTE, SECOND } from '../clock.ts'
import { between, chance } from '../draw.ts'
import { type Device, userAgent } from '../people/devices.ts'
import { type Draft, note, type Scribe } from './scribe.ts'

/** A device somewhere. */
export interface Seat {
  user: User
  device: Device
  /** Public address, as services on the Internet see it. */
  from: Endpoint
  /** Address inside the office or the tunnel, as internal services see it. */
  inside?: string
}

/** How one password entry goes. */
export interface Attempt {
  /** Wrong entries before the right one. */
  failures: number
  /** Mean ms between entries; typing takes about eight seconds. */
  pause?: number
  /** No right one at the end. */
  givesUp?: boolean
  reason?: string
}

export const CLEAN: Attempt = { failures: 0 }

/** Services with a log-in page; everything else asks the portal for a token. */
export type Door = 'portal' | 'vpn' | 'mail'

function agentFields(seat: Seat, time: number): { userAgent: string; device: NonNullable<Event['device']> } {
  const device: NonNullable<Event['device']> = { os: seat.device.os }
  if (seat.device.id !== undefined) device.id = seat.device.id
  return { userAgent: userAgent(seat.device, time), device }
}

/** Logs in with a password. Returns the time of the last entry. */
export function logIn(
  scribe: Scribe,
  random: Random,
  start: number,
  seat: Seat,
  door: Door,
  attempt: Attempt = CLEAN,
): number {
  let time = start
  const entries = attempt.failures + (attempt.givesUp ? 0 : 1)
  for (let i = 0; i < entries; i++) {
    const success = i === attempt.failures
    const draft: Draft = {
      time,
      class: 'authentication',
      activity: 'logon',
      status: success ? 'success' : 'failure',
      user: seat.user,
      from: seat.from,
      service: door,
      authMethod: 'password',
      isMfa: success && door !== 'mail',
      ...agentFields(seat, time),
    }
    if (door === 'vpn') draft.dstEndpoint = { hostname: 'vpn-gateway' }
    if (!success) draft.statusDetail = attempt.reason ?? 'bad_password'
    note(scribe, draft)
    if (i < entries - 1) time += 1500 + (attempt.pause ?? 8 * SECOND) * random.exponential()
  }
  return time
}

/** A log-in page is given a name that nobody has. */
export function logInAsNobody(scribe: Scribe, time: number, seat: Seat, door: Door, name: string): void {
  const draft: Draft = {
    time,
    class: 'authentication',
    activity: 'logon',
    status: 'failure',
    user: { name },
    from: seat.from,
    service: door,
    authMethod: 'password',
    isMfa: false,
    statusDetail: 'unknown_user',
    unknownUser: true,
    ...agentFields(seat, time),
  }
  if (door === 'vpn') draft.dstEndpoint = { hostname: 'vpn-gateway' }
  note(scribe, draft)
}

/** Ends a session that began with a log-in. */
export function logOff(
  scribe: Scribe,
  time: number,
  seat: Seat,
  door: Door,
  bytes?: { in: number; out: number },
): void {
  const draft: Draft = {
    time,
    class: 'authentication',
    activity: 'logoff',
    status: 'success',
    user: seat.user,
    from: seat.from,
    service: door,
    ...agentFields(seat, time),
  }
  if (door === 'vpn') draft.dstEndpoint = { hostname: 'vpn-gateway' }
  if (bytes !== undefined) {
    draft.bytesIn = Math.floor(bytes.in)
    draft.bytesOut = Math.floor(bytes.out)
  }
  note(scribe, draft)
}

/** Enters an application with the portal's token. */
export function enterApplication(scribe: Scribe, time: number, seat: Seat, application: string, denied = false): void {
  const draft: Draft = {
    time,
    class: 'authentication',
    activity: 'logon',
    status: denied ? 'failure' : 'success',
    user: seat.user,
    from: seat.from,
    service: application,
    authMethod: 'sso',
    ...agentFields(seat, time),
  }
  if (denied) draft.statusDetail = 'not_assigned'
  note(scribe, draft)
}

/** Looks at a page inside an application. */
export function viewPage(
  scribe: Scribe,
  time: number,
  seat: Seat,
  application: string,
  resource: string,
  bytes: { in: number; out: number },
): void {
  note(scribe, {
    time,
    class: 'application_activity',
    activity: 'read',
    status: 'success',
    user: seat.user,
    from: seat.from,
    service: application,
    resource,
    bytesIn: Math.floor(bytes.in),
    bytesOut: Math.floor(bytes.out),
    ...agentFields(seat, time),
  })
}

/** Where files lie: a server inside, or the drive on the Internet. */
export interface Share {
  /** `files-ber-01`, or `drive`. */
  host: string
  inside: boolean
}

/** Reads or writes a file. Servers inside need a seat inside. */
export function openFile(
  scribe: Scribe,
  time: number,
  seat: Seat,
  share: Share,
  path: string,
  bytes: { in: number; out: number },
  denied = false,
): void {
  const draft: Draft = {
    time,
    class: 'file_activity',
    activity: bytes.in > bytes.out ? 'update' : 'read',
    status: denied ? 'failure' : 'success',
    user: share.inside ? onHost(seat.user) : seat.user,
    from: share.inside && seat.inside !== undefined ? { ip: seat.inside } : seat.from,
    service: share.inside ? 'smb' : 'drive',
    dstEndpoint: { hostname: share.host },
    resource: path,
    bytesIn: Math.floor(bytes.in),
    bytesOut: Math.floor(bytes.out),
    device: agentFields(seat, time).device,
  }
  if (!share.inside) draft.userAgent = userAgent(seat.device, time)
  if (denied) draft.statusDetail = 'access_denied'
  note(scribe, draft)
}

/** A host knows the account, but not what the directory says of it. */
export function onHost(user: User): User {
  const { type: _, ...known } = user
  return known
}

/** Somebody changes an account: a new member of a group, a new password, a new factor. */
export function changeAccount(
  scribe: Scribe,
  time: number,
  by: Seat,
  account: User,
  activity: string,
  detail: string,
): void {
  note(scribe, {
    time,
    class: 'account_change',
    activity,
    status: 'success',
    user: account,
    actor: by.user,
    from: by.from,
    service: 'identity-admin',
    resource: detail,
    ...agentFields(by, time),
  })
}

/** Wrong entries of somebody who mistypes with chance `typing`; people stop to think after some. */
export function typingErrors(random: Random, typing: number): number {
  if (!chance(random, typing)) return 0
  let failures = 1
  while (failures < 9 && chance(random, 0.38)) failures++
  return failures
}

/** Bytes of a page view: small, with a heavy tail. */
export function pageBytes(random: Random): { in: number; out: number } {
  return { in: 600 + 1800 * random.exponential(), out: 25e3 * Math.exp(1.1 * random.normal()) }
}

/** A path inside a folder; `number` picks one of the documents that lie there. */
export function pathOf(department: string, folder: string, document: string, number: number): string {
  return `/${department}/${folder}/${folder}-${String(number).padStart(3, '0')}.${document}`
}

/** Some minutes, as somebody needs between two things. */
export function aWhile(random: Random, minutes: number): number {
  return (0.15 + random.exponential()) * minutes * MINUTE * between(random, 0.7, 1.1)
}
