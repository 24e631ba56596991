/**
 * The one vocabulary: what every source turns its bytes into, in the names of OCSF 1.8 (camelCase inside TypeScript,
 * snake_case outside). A field that a source does not know is absent, never an empty string.
 */

/** OCSF class, by its name. */
export type EventClass =
  | 'authentication' // 3002: someone proves, or fails to prove, who they are
  | 'authorize_session' // 3003: privileges are given to a session (sudo, su, an administrative role)
  | 'account_change' // 3001: an account is made, changed, locked, removed
  | 'file_activity' // 1001: a file, share or object is read, written, deleted
  | 'application_activity' // 6002-like: an application or resource is used inside a session
  | 'other' // read and kept, but nothing is concluded from it

export type Status = 'success' | 'failure' | 'unknown'

export interface Location {
  /** ISO 3166-1 alpha-2, upper case. */
  country?: string
  region?: string
  city?: string
  /** Degrees, WGS 84. */
  latitude?: number
  longitude?: number
  /** Radius in km that the true place lies in, where the data says so. */
  accuracyKm?: number
}

export interface AutonomousSystem {
  number: number
  name?: string
}

export interface Endpoint {
  /** Textual IPv4 or IPv6 address in canonical form (see `canonicalAddress`). */
  ip?: string
  port?: number
  /** A name where no address is known (`rhost=example.net`). */
  hostname?: string
  location?: Location
  autonomousSystem?: AutonomousSystem
}

export interface User {
  /** The account name as written, never changed in case: two spellings may be two accounts. */
  name: string
  domain?: string
  /** Department or group, where the source knows it: people of one department are peers. */
  department?: string
  /** OCSF user type, where the source knows it. */
  type?: 'user' | 'admin' | 'system' | 'service'
}

export interface Event {
  /** Determinate: the source's own id, else hash of the line + its occurrence number in its door's log. */
  id: string
  /** Place in the log of the line that it came from. */
  position: number
  /** Milliseconds since 1970-01-01T00:00Z. */
  time: number
  class: EventClass
  /** OCSF activity in lower case: logon, logoff, read, update, delete, create, assign_privileges … */
  activity: string
  status: Status
  /** How often it happened: `message repeated N times` makes N. At least 1. */
  count: number
  user?: User
  /** Who acted, where that is somebody else than `user` (sudo: `actor` ran a command as `user`). */
  actor?: User
  /** Where it came from. */
  srcEndpoint?: Endpoint
  /** What it reached: the host that was logged into. */
  dstEndpoint?: Endpoint
  /** How: password, publickey, keyboard-interactive, token, kerberos, sso, mfa … */
  authMethod?: string
  /** Fingerprint of the key or certificate. */
  keyFingerprint?: string
  isMfa?: boolean
  /** User agent as sent. */
  userAgent?: string
  /** The device's own name or id, where the source knows one. */
  device?: { id?: string; os?: string }
  /** The application or service: sshd, sudo, vpn, mail, payroll … */
  service?: string
  /** What was touched inside it: path, share, table, bucket. */
  resource?: string
  /** The command of a sudo or a process. */
  command?: string
  /** Bytes out of the organisation's side towards the user (download), where known. */
  bytesOut?: number
  /** Bytes in (upload), where known. */
  bytesIn?: number
  /** Why it failed, in the source's words: bad_password, unknown_user, locked, expired … */
  statusDetail?: string
  /** The name did not exist where it was tried (`Invalid user`). */
  unknownUser?: boolean
  /** Fields that this vocabulary does not know, kept as JSON text; never read by any judgement. */
  unmapped?: string
}

/** What an event counts for. A user's address, host and the organisation are entities too. */
export type EntityType = 'user' | 'host' | 'address' | 'network' | 'organisation'

export interface EntityRef {
  type: EntityType
  id: string
}

/** Where something comes from, as against who does it and to what. */
export const isSource = ({ type }: EntityRef): boolean => type === 'address' || type === 'network'
