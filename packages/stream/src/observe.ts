/** observe: what the memories of an event's entities say about it. */
import type { Behaviour } from './behaviours/behaviour.ts'
import { behaviours } from './behaviours/registry.ts'
import { readAddress } from './enrich/address.ts'
import type { Context } from './enrich/enrich.ts'
import type { EntityRef, Event } from './event.ts'
import type { Feature, Seen, Surroundings, Vouch } from './features/feature.ts'
import type { Around } from './memory/around.ts'
import type { Entities, Entity } from './memory/entities.ts'
import { type Evidence, LEAST_TOLD } from './weigh/evidence.ts'

/** Behaviours by the feature that they read: a feature is read once. */
const readers = new Map<Feature, Behaviour[]>()
for (const behaviour of behaviours) readers.set(behaviour.reads, [...(readers.get(behaviour.reads) ?? []), behaviour])

/** What is asked of a feature at every event: of one shape for all, as V8 looks up parts of many shapes slowly. */
type Asked = Pick<Feature, 'read' | 'tell' | 'maturity'> & {
  readonly [Part in 'capture' | 'vouches' | 'note' | 'learn']: Feature[Part] | undefined
} & { readonly readBy: readonly Behaviour[] }

/** In the order of a type's features, looked up once. */
const asked = new WeakMap<readonly Feature[], readonly Asked[]>()

function askedOf(features: readonly Feature[]): readonly Asked[] {
  let inOrder = asked.get(features)
  if (inOrder === undefined) {
    inOrder = features.map((feature) => {
      const { read, tell, maturity, capture, vouches, note, learn } = feature
      return { read, tell, maturity, capture, vouches, note, learn, readBy: readers.get(feature) ?? [] }
    })
    asked.set(features, inOrder)
  }
  return inOrder
}

export interface Subject {
  ref: EntityRef
  entity: Entity
}

/** What a lesson needs of each subject's memory as the event found it. */
export type Captured = (string | number | null)[][]

export interface Observed {
  evidence: Evidence[]
  captured: Captured
  vouch: Vouch
}

/** Fills in what memory goes by. */
export function see(event: Event, context: Context, around: Around, account: string, stranger: boolean): Seen {
  const { place, device } = context
  const seen: Seen = {
    event,
    context,
    hour: Math.floor(event.time / 3_600_000),
    inside: place === undefined || place.kind === 'private' || place.kind === 'loopback' || place.kind === 'link_local',
    addressHolders: 0,
    networkHolders: 0,
    account,
    stranger,
  }
  if (place !== undefined) {
    // Offices have many rooms: inside, the wider network is the place.
    seen.network = seen.inside && place.address !== undefined ? readAddress(place.address).wideNetwork : place.network
    seen.networkHolders = around.holders('network', seen.network)
    if (place.address !== undefined) {
      seen.prefix = readAddress(place.address).network
      seen.addressHolders = around.holders('prefix', seen.prefix)
    }
  }
  if (device !== undefined) seen.device = deviceWord(device.browser, device.os)
  return seen
}

const deviceWord = (browser: string | undefined, os: string | undefined): string =>
  browser === undefined ? (os ?? 'unknown') : os === undefined ? browser : `${browser} on ${os}`

/** Reads every feature of every subject, then lets behaviours score. Changes nothing. */
export function observe(
  entities: Entities,
  subjects: readonly Subject[],
  seen: Seen,
  around: Around,
  surpriseOf: (evidence: Evidence) => number,
): Observed {
  const vouch: Vouch = { device: 0, place: 0 }
  const evidence: Evidence[] = []
  const captured: Captured = []
  for (const { ref, entity } of subjects) {
    const surroundings: Surroundings = { around, group: entity.group }
    const features = askedOf(entities.featuresOf(ref.type))
    const kept = new Array<string | number | null>(features.length).fill(null)
    for (let i = 0; i < features.length; i++) {
      const feature = features[i] as Asked
      const memory = entity.slots[i]
      if (feature.capture !== undefined) kept[i] = feature.capture(memory, seen) ?? null
      const values = feature.read(memory, seen, surroundings)
      if (values === undefined) continue
      // A storm of failures is one wherever it comes from.
      const spoken = seen.event.status === 'failure' ? undefined : feature.vouches?.(values)
      if (spoken !== undefined) {
        vouch.device = Math.max(vouch.device, spoken.device ?? 0)
        vouch.place = Math.max(vouch.place, spoken.place ?? 0)
      }
      const maturity = feature.maturity(memory)
      for (const behaviour of feature.readBy) {
        const score = behaviour.score(values)
        if (Number.isNaN(score)) continue
        const one: Evidence = { behaviour, entity: ref, values, score, maturity, surprise: 0, told: undefined }
        one.surprise = surpriseOf(one)
        if (one.surprise > LEAST_TOLD) one.told = behaviour.explain(values, feature.tell(memory, seen, surroundings))
        evidence.push(one)
      }
    }
    captured.push(kept)
  }
  return { evidence, captured, vouch }
}

/** Facts, at once. */
export function note(entities: Entities, subjects: readonly Subject[], seen: Seen): void {
  for (const { ref, entity } of subjects) {
    const features = askedOf(entities.featuresOf(ref.type))
    for (let i = 0; i < features.length; i++) (features[i] as Asked).note?.(entity.slots[i], seen)
    entity.last = Math.max(entity.last, seen.event.time)
  }
}

/** Habits, later, and only what is trusted. */
export function learn(
  entities: Entities,
  subjects: readonly Subject[],
  seen: Seen,
  captured: Captured,
  around: Around,
): void {
  subjects.forEach(({ ref, entity }, which) => {
    const surroundings: Surroundings = { around, group: entity.group }
    const features = askedOf(entities.featuresOf(ref.type))
    for (let i = 0; i < features.length; i++) {
      ;(features[i] as Asked).learn?.(entity.slots[i], seen, surroundings, captured[which]?.[i] ?? undefined)
    }
    if (entity.lessons === 0 && ref.type === 'user') around.countPerson(1)
    entity.lessons++
  })
}
