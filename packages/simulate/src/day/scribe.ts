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

export type Draft = Omit<Event, 'id' | 'position' | 'count' | 'user' | 'srcEndpoint'> & {
  user: User
  /** Absent where the log knows no address, as with sudo. */
  from?: Endpoint
  /** Of a connection that other events share. */
  port?: number
}

export function note(scribe: Scribe, draft: Draft): void {
  const { from, port, ...rest } = draft
  const event: Event = {
    ...rest,
    id: drawId(scribe.random),
    position: 0,
    time: Math.floor(draft.time),
    count: 1,
  }
  if (from !== undefined) event.srcEndpoint = { ...from, port: port ?? drawPort(scribe.random) }
  const labelled: LabelledEvent = { event }
  if (scribe.campaign !== undefined) labelled.campaign = scribe.campaign
  if (scribe.lookAlike !== undefined) labelled.lookAlike = scribe.lookAlike
  scribe.out.push(labelled)
}
