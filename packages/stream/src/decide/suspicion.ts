/** What is held against an entity before it is an incident: stories, one a network, and how they are told together. */
import { holderOf } from '../enrich/address.ts'
import type { EntityRef } from '../event.ts'
import type { Charge } from './charge.ts'
import type { Contribution } from './incident.ts'
import { SITTING_MS, type Voice, withVoices } from './risk.ts'

export interface Suspicion {
  /** The networks it tells of. */
  places: string[]
  voices: Voice[]
  /** The events of those voices, in the order of the log. */
  contributions: Contribution[]
  /** ms UTC of the last event that said anything, and of the last of those that succeeded. */
  last: number
  entered: number
}

/** By entity, those of whom something was said last at the end; then by network. */
export type Suspicions = Map<string, Map<string, Suspicion>>

/** A story is never changed: it is replaced by one that goes on. */
export const copySuspicions = (suspicions: Suspicions): Suspicions =>
  new Map([...suspicions].map(([key, stories]) => [key, new Map(stories)]))

/** Addresses of one holder are one story; the first of them is the one that is shown. */
export const keyOf = ({ type, id }: EntityRef): string => `${type}\n${type === 'address' ? holderOf(id) : id}`

/** An address is one place; a person may be in several. */
export const placeOf = (entity: EntityRef, network: string): string => (entity.type === 'user' ? network : '')

/** Notes an event under its entity and network; from inside, what the entity lately entered by elsewhere is told with it. */
export function noteSuspicion(
  suspicions: Suspicions,
  { entity, contribution, voices }: Charge,
  { network, inside }: { network: string; inside: boolean },
): Suspicion {
  const key = keyOf(entity)
  const stories = suspicions.get(key) ?? new Map<string, Suspicion>()
  suspicions.delete(key)
  suspicions.set(key, stories)
  forgetStories(stories, contribution.time - SITTING_MS)
  const begun = stories.get(placeOf(entity, network))
  const story = tellTogether(begun === undefined ? [] : [begun], network, contribution, voices)
  stories.set(placeOf(entity, network), story)
  if (!inside) return story
  // Who only knocked did not come in.
  const lately = [...stories.values()].filter((one) => one === story || one.entered > contribution.time - SITTING_MS)
  return tellTogether(lately, network, contribution, voices)
}

function tellTogether(
  stories: readonly Suspicion[],
  network: string,
  contribution: Contribution,
  added: readonly Voice[],
): Suspicion {
  const places = [...new Set([network, ...stories.flatMap((story) => story.places)])]
  const held = stories.flatMap((story) => story.voices)
  const voices = withVoices(held, added, contribution.time)
  const ordinals = new Set(voices.map(({ ordinal }) => ordinal))
  const events = new Map<number, Contribution>()
  for (const one of [...stories.flatMap((story) => story.contributions), contribution]) events.set(one.ordinal, one)
  const contributions = [...events.values()].filter(({ ordinal }) => ordinals.has(ordinal))
  contributions.sort((a, b) => a.ordinal - b.ordinal)
  const entered = Math.max(contribution.failed ? 0 : contribution.time, ...stories.map((story) => story.entered))
  const last = Math.max(contribution.time, ...stories.map((story) => story.last))
  return { places, voices, contributions, last, entered }
}

/** All that said nothing since. */
export function forgetSuspicions(suspicions: Suspicions, before: number): void {
  for (const [key, stories] of suspicions) {
    forgetStories(stories, before)
    if (stories.size === 0) suspicions.delete(key)
  }
}

/** The same as far as it takes no time: those who were silent for longest come first, but for events that came late. */
export function forgetSilent(suspicions: Suspicions, before: number): void {
  for (const [key, stories] of suspicions) {
    forgetStories(stories, before)
    if (stories.size > 0) return
    suspicions.delete(key)
  }
}

function forgetStories(stories: Map<string, Suspicion>, before: number): void {
  for (const [place, { last }] of stories) if (last <= before) stories.delete(place)
}
