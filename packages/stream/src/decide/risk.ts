/**
 * Risk: what the families say together of one story, within one sitting. A story is one entity from one network, so that a
 * colleague's new phone at home does not add to an odd file at work. Each family counts with the strongest it said; what
 * reaches further each time (another file, another privilege) adds a part of what it is worth, less each time.
 */
import type { Family } from '../behaviours/behaviour.ts'
import { logEvidence } from '../weigh/e-value.ts'
import type { Contribution } from './incident.ts'

/**
 * A sitting: what lies further apart is another story. Two hours found more than a day, on two generators: an attack is
 * short, and a day of odd trifles adds up to one.
 */
export const SITTING_MS = 2 * 3_600_000

const STRONGEST = 6
const EACH_FURTHER = 0.7

/** Of a failure it says little that it came from elsewhere: the internet knocks at every door. */
const FAILED = 0.35

/** One family alone does not make a story, however loud: beyond this surprise it is worth no more. */
const ONE_VOICE = 9

/** One voice in a story. */
export interface Voice {
  family: Family
  /** What makes it another one: the file, the host, the privilege; empty where it is the same thing again. */
  about: string
  worth: number
  time: number
  ordinal: number
}

/** What an event says, one voice a family. */
export function voicesOf({ parts, time, ordinal, failed, vouch }: Contribution): Voice[] {
  const voices = new Map<Family, Voice>()
  for (const { family, surprise, another } of parts) {
    const worth = logEvidence(family, Math.min(surprise, ONE_VOICE), vouch) * (failed && family !== 'pace' ? FAILED : 1)
    if (worth <= 0 || worth <= (voices.get(family)?.worth ?? 0)) continue
    voices.set(family, { family, about: another ?? '', worth, time, ordinal })
  }
  return [...voices.values()]
}

/** The strongest voices of a story within the window that ends at `time`, with those of one more event. */
export function withVoices(held: readonly Voice[], added: readonly Voice[], time: number): Voice[] {
  const all = [...added, ...held.filter((voice) => voice.time > time - SITTING_MS)]
  all.sort((a, b) => b.worth - a.worth || a.ordinal - b.ordinal)
  const kept: Voice[] = []
  for (const voice of all) {
    const same = kept.filter(({ family }) => family === voice.family)
    if (same.length >= STRONGEST || same.some(({ about }) => about === voice.about)) continue
    kept.push(voice)
  }
  return kept
}

/** What each voice adds: strongest first within each family, each weighing 0.7 of the one before. */
export function weighVoices(voices: readonly Voice[]): { voice: Voice; weight: number }[] {
  const shares = new Map<Family, number>()
  return voices.map((voice) => {
    const share = shares.get(voice.family) ?? 1
    shares.set(voice.family, share * EACH_FURTHER)
    return { voice, weight: share * voice.worth }
  })
}

export const riskOf = (voices: readonly Voice[]): number =>
  weighVoices(voices).reduce((risk, { weight }) => risk + weight, 0)
