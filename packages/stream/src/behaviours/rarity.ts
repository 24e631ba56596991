/** The shape of behaviours that see something rare: by one's own habit first, then by that of those around. */
import type { RarityValues } from '../features/dimension.ts'
import type { Feature } from '../features/feature.ts'
import { type Behaviour, behaviour, type Family } from './behaviour.ts'

export interface Rarity {
  id: string
  family: Family
  title: string
  techniques: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: the memory's type is the feature's own affair
  reads: Feature<any, RarityValues>
  /** As in "new {noun}: …". */
  noun: string
}

/** Below this share a thing is rare among others too. */
const RARE = 0.1

const percent = (share: number): string => (share < 0.01 ? 'under 1 %' : `${Math.round(100 * share)} %`)

/** −ln of how much of the habit is as rare; for what is new, of how probable novelty is here times how common it is around. */
export function rarityScore({ own, novelty, others }: RarityValues): number {
  return -Math.log(Math.max(1e-9, own > 0 ? Math.max(own, novelty * others) : novelty * others))
}

export function rarity({ noun, ...spec }: Rarity): Behaviour {
  const reaches = spec.family === 'reach' || spec.family === 'privilege'
  return behaviour<RarityValues>({
    ...spec,
    needsHabit: true,
    score: rarityScore,
    expected: (values) => ({ ...values, own: 1, novelty: 1, others: 1 }),
    explain({ own, others }, { observed, expected }) {
      const among = others < RARE ? `, and rare among others too (${percent(others)} of what they use)` : ''
      // Not "first seen": it may have been forgotten, or wait in quarantine.
      const text =
        own > 0
          ? `Rare ${noun}: ${observed}. Usual: ${expected}.`
          : `Unfamiliar ${noun}: ${observed}${among}. Usual: ${expected}.`
      return { text, observed, expected, normal: `${noun} ${expected}`, ...(reaches && { another: observed }) }
    },
  })
}
