/**
 * Writes events down. Every event of a simulation, benign or not, passes through `note`: ids, ports and the like are drawn
 * here, in one way for all, so that they say nothing about the truth.
 */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint, Event, User } from '@heedful/stream'
import type { LabelledEvent } from '../labelled.ts'

export interface Scribe {
  out: LabelledEvent[]
  /** Draws ids and ports only. */
  random: Random
  campaign?: string
  lookAlike?: string
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-'

/** An id as Elasticsearch gives: 20 of 64 letters. */
function drawId(random: Random): string {
  let id = ''
  for (let word = 0; word < 4; word++) {
    let bits = random.integer(1_073_741_824)
    for (let i = 0; i < 5; i++) {
      id += DIGITS.charAt(bits & 63)
      bits >>>= 6
    }
  }
  return id
}

/** The port that the other side of a connection came from. */
export function drawPort(random: Random): number {
  return 1024 + random.integer(64_512)
}

/** What an event is given; the rest is drawn. */
export type Draft = Pick<Event, DraftField> & {
  user: User
  /** Absent where the log knows no address, as with sudo. */
  from?: Endpoint
  /** Of a connection that other events share. */
  port?: number
}

type DraftField =
  | 'time'
  | 'class'
  | 'activity'
  | 'status'
  | 'actor'
  | 'dstEndpoint'
  | 'service'
  | 'authMethod'
  | 'keyFingerprint'
  | 'isMfa'
  | 'userAgent'
  | 'device'
  | 'resource'
  | 'command'
  | 'bytesOut'
  | 'bytesIn'
  | 'statusDetail'
  | 'unknownUser'

/** Fields are set one by one, in one order: so all events have few forms in memory, and writing them is fast. */
export function note(scribe: Scribe, draft: Draft): void {
  const event: Event = {
    id: drawId(scribe.random),
    position: 0,
    time: Math.floor(draft.time),
    class: draft.class,
    activity: draft.activity,
    status: draft.status,
    count: 1,
    user: draft.user,
  }
  if (draft.actor !== undefined) event.actor = draft.actor
  if (draft.from !== undefined) event.srcEndpoint = withPort(draft.from, draft.port ?? drawPort(scribe.random))
  if (draft.dstEndpoint !== undefined) event.dstEndpoint = draft.dstEndpoint
  if (draft.service !== undefined) event.service = draft.service
  if (draft.authMethod !== undefined) event.authMethod = draft.authMethod
  if (draft.keyFingerprint !== undefined) event.keyFingerprint = draft.keyFingerprint
  if (draft.isMfa !== undefined) event.isMfa = draft.isMfa
  if (draft.userAgent !== undefined) event.userAgent = draft.userAgent
  if (draft.device !== undefined) event.device = draft.device
  if (draft.resource !== undefined) event.resource = draft.resource
  if (draft.command !== undefined) event.command = draft.command
  if (draft.bytesOut !== undefined) event.bytesOut = draft.bytesOut
  if (draft.bytesIn !== undefined) event.bytesIn = draft.bytesIn
  if (draft.statusDetail !== undefined) event.statusDetail = draft.statusDetail
  if (draft.unknownUser !== undefined) event.unknownUser = draft.unknownUser
  const labelled: LabelledEvent = { event }
  if (scribe.campaign !== undefined) labelled.campaign = scribe.campaign
  if (scribe.lookAlike !== undefined) labelled.lookAlike = scribe.lookAlike
  scribe.out.push(labelled)
}

function withPort(from: Endpoint, port: number): Endpoint {
  const endpoint: Endpoint = { port }
  if (from.ip !== undefined) endpoint.ip = from.ip
  if (from.location !== undefined) endpoint.location = from.location
  if (from.autonomousSystem !== undefined) endpoint.autonomousSystem = from.autonomousSystem
  return endpoint
}
