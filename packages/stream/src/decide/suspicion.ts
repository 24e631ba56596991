/** What is held against an entity before it is an incident: stories, one a network, and how they are told together. */
import { holderOf } from '../enrich/address.ts'
import type { EntityRef } from '../event.ts'
import type { Charge } from './charge.ts'
import type { Contribution } from './incident.ts'
import { SITTING_MS, type Voice, withVoices } from './risk.ts'

/** An event of a story. What it said is one text: of a million people a hundred thousand wait, and few are ever read. */
interface Noted {
  ordinal: number
  /** The contribution as JSON. */
  text: string
}

export interface Suspicion {
  /** The networks it tells of. */
  places: string[]
  voices: Voice[]
  /** The events of those voices, in the order of the log. */
  noted: Noted[]
  /** ms UTC of the last event that said anything, and of the last of those that succeeded. */
  last: number
  entered: number
}

/** Of one entity, by network. Neither they nor a story are ever changed: they are replaced by such as go on. */
type Stories = ReadonlyMap<string, Suspicion>

/** By entity, those of whom something was said last at the end. */
export type Suspicions = Map<string, Stories>

/** What the events of a story said. */
export const contributionsOf = ({ noted }: Suspicion): Contribution[] =>
  noted.map(({ text }) => JSON.parse(text) as Contribution)

/** Most events are held against several in the same words. */
let latest: { contribution: Contribution; noted: Noted } | undefined

function notedOf(contribution: Contribution): Noted {
  if (latest?.contribution !== contribution)
    latest = { contribution, noted: { ordinal: contribution.ordinal, text: JSON.stringify(contribution) } }
  return latest.noted
}

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
  const stories = new Map(spokenSince(suspicions.get(key) ?? new Map(), contribution.time - SITTING_MS))
  suspicions.delete(key)
  suspicions.set(key, stories)
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
  const events = new Map<number, Noted>()
  for (const one of [...stories.flatMap((story) => story.noted), notedOf(contribution)]) events.set(one.ordinal, one)
  const noted = [...events.values()].filter(({ ordinal }) => ordinals.has(ordinal))
  noted.sort((a, b) => a.ordinal - b.ordinal)
  const entered = Math.max(contribution.failed ? 0 : contribution.time, ...stories.map((story) => story.entered))
  const last = Math.max(contribution.time, ...stories.map((story) => story.last))
  return { places, voices, noted, last, entered }
}

/** Those of the places are told elsewhere from here on. */
export function dropStories(suspicions: Suspicions, entity: EntityRef, places: readonly string[]): void {
  const key = keyOf(entity)
  const stories = suspicions.get(key)
  if (stories === undefined) return
  const left = new Map(stories)
  for (const place of places) left.delete(placeOf(entity, place))
  suspicions.set(key, left)
}

/** All that said nothing since. */
export function forgetSuspicions(suspicions: Suspicions, before: number): void {
  for (const key of suspicions.keys()) forgetOf(suspicions, key, before)
}

/** The same as far as it takes no time: those who were silent for longest come first, but for events that came late. */
export function forgetSilent(suspicions: Suspicions, before: number): void {
  for (const key of suspicions.keys()) if (forgetOf(suspicions, key, before)) return
}

/** @returns whether any of its stories are left */
function forgetOf(suspicions: Suspicions, key: string, before: number): boolean {
  const stories = suspicions.get(key) as Stories
  const left = spokenSince(stories, before)
  if (left.size === 0) suspicions.delete(key)
  else if (left !== stories) suspicions.set(key, left)
  return left.size > 0
}

function spokenSince(stories: Stories, before: number): Stories {
  for (const { last } of stories.values())
    if (last <= before) return new Map([...stories].filter(([, story]) => story.last > before))
  return stories
}
