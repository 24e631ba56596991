/**
 * What speaks for somebody: one's own device and one's own place. A thief of credentials rarely has either, the less so
 * the fewer people have the same; so each takes up to half of what the other families say. What somebody reaches for is hardly
 * excused by it: an insider sits at the own desk. The idea is the likelihood ratio of Freeman et al., "Who Are You?",
 * NDSS 2016, section III: how common a value is for all, over how common it is for this user.
 */
import type { Family } from '../behaviours/behaviour.ts'
import type { Vouch } from '../features/feature.ts'

const MOST = 0.5
/** Insiders are rarer than thieves of credentials. */
const INSIDER = 0.35

/** What is left of a family's evidence. */
export function leftOf(family: Family, { device, place }: Vouch): number {
  const byDevice = 1 - MOST * device
  const byPlace = 1 - MOST * place
  switch (family) {
    case 'place':
      return byDevice
    case 'device':
      return byPlace
    case 'time':
    case 'pace':
    case 'path':
      return byDevice * byPlace
    case 'reach':
    case 'privilege':
      return 1 - INSIDER * device * place
    default:
      return family satisfies never
  }
}
