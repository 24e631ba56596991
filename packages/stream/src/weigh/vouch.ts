/**
 * What speaks for somebody: one's own device and one's own place. A thief of credentials rarely has either, the less so
 * the fewer people have the same; so each halves, at most, what the other families say. What somebody reaches for is not
 * excused by it: an insider sits at the own desk. The idea is the likelihood ratio of Freeman et al., "Who Are You?",
 * NDSS 2016, section III: how common a value is for all, over how common it is for this user.
 */
import type { Family } from '../behaviours/behaviour.ts'
import type { RarityValues } from '../features/dimension.ts'
import type { Evidence } from './evidence.ts'

export interface Vouch {
  /** 0: not one's own; 1: one's own, and hardly anybody else's. */
  device: number
  place: number
}

const UNKNOWN: Vouch = { device: 0, place: 0 }
const MOST = 0.5

/** How far a dimension's own value speaks for its owner, and how sure that is. */
const DEVICE: Record<string, number> = { rare_agent: 0.7, rare_browser_version: 1 }
const PLACE: Record<string, number> = { rare_network: 0.5, rare_address: 1 }

/** A value that is hardly ever used is hardly one's own. */
const OWN = 0.03

export function vouchOf(evidence: readonly Evidence[]): Vouch {
  let vouch = UNKNOWN
  for (const { behaviour, values } of evidence) {
    const device = DEVICE[behaviour.id]
    const place = PLACE[behaviour.id]
    if (device === undefined && place === undefined) continue
    const { own, common } = values as RarityValues
    if (own < OWN) continue
    const says = 1 - Math.min(1, common)
    vouch = {
      device: Math.max(vouch.device, (device ?? 0) * says),
      place: Math.max(vouch.place, (place ?? 0) * says),
    }
  }
  return vouch
}

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
      return 1
    default:
      return family satisfies never
  }
}
