/** The promises of behaviours, as checks that answer with sentences. Each is shown to fail on a behaviour that breaks it. */
import { type Behaviour, FAMILIES } from '@heedful/stream/behaviours/behaviour'
import type { Seen, Values, Words } from '@heedful/stream/features/feature'
import { live, startSurroundings } from './feature-checks.ts'

export interface Reading {
  id: string
  values: Values
  words: Words
}

/** What the behaviour's feature reads of a life. */
export function readLife({ reads }: Behaviour, events: readonly Seen[]): Reading[] {
  const surroundings = startSurroundings()
  const memory = reads.start()
  const readings: Reading[] = []
  for (const seen of events) {
    const words = reads.tell(memory, seen, surroundings)
    const values = live(reads, memory, seen, surroundings)
    if (values !== undefined) readings.push({ id: seen.event.id, values, words })
  }
  return readings
}

export function checkDescription({ id, family, title, techniques, needsHabit, surprise }: Behaviour): string[] {
  const broken: string[] = []
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(id)) broken.push(`its id "${id}" is not snake_case`)
  if (!FAMILIES.includes(family)) broken.push(`its family "${family}" is unknown`)
  if (!/^[A-Z].*[^.]$/.test(title)) broken.push(`its title "${title}" is not a title`)
  if (techniques.length === 0) broken.push('it names no ATT&CK technique')
  for (const technique of techniques) {
    if (!/^T\d{4}(\.\d{3})?$/.test(technique)) broken.push(`"${technique}" is no id of an ATT&CK technique`)
  }
  if (!needsHabit && surprise === undefined) broken.push('it speaks at once but brings no surprise of its own')
  return broken
}

export function checkScores(behaviour: Behaviour, readings: readonly Reading[]): string[] {
  for (const { id, values } of readings) {
    const score = behaviour.score(values)
    if (typeof score !== 'number' || Math.abs(score) === Number.POSITIVE_INFINITY)
      return [`it scores event ${id} ${score}`]
    const surprise = Number.isNaN(score) ? 0 : (behaviour.surprise?.(values) ?? 0)
    if (!(surprise >= 0 && surprise <= 8)) return [`its own surprise of event ${id} is ${surprise}, not from 0 to 8`]
  }
  return []
}

/** What would have been expected is never stranger than what was seen: an explanation's "instead of" holds. */
export function checkExpectedIsLeastStrange(behaviour: Behaviour, readings: readonly Reading[]): string[] {
  for (const { id, values } of readings) {
    const score = behaviour.score(values)
    const expected = behaviour.score(behaviour.expected(values))
    if (Number.isNaN(expected)) continue
    if (score < expected - 1e-9) return [`it scores event ${id} ${score}, but what was expected instead ${expected}`]
  }
  return []
}

/** Speaks in whole sentences, with nothing missing in them. */
export function checkExplains(behaviour: Behaviour, readings: readonly Reading[]): string[] {
  for (const { id, values, words } of readings) {
    if (Number.isNaN(behaviour.score(values))) continue
    const { text, observed, expected, normal } = behaviour.explain(values, words)
    if (!/^[A-Z0-9"'].*[.!]$/s.test(text)) return [`it says of event ${id}: "${text}", which is no sentence`]
    for (const part of [text, observed, expected, normal]) {
      if (part.trim() === '') return [`it leaves something unsaid about event ${id}`]
      if (/undefined|NaN|Infinity|\[object/.test(part)) return [`it says of event ${id}: "${part}"`]
    }
  }
  return []
}
