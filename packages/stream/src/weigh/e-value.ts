/**
 * What a family's largest surprise is worth as evidence: the logarithm of an e-value. Of a p-value, κ·p^(κ−1) is one, and
 * so is a mixture with 1 (Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 2021,
 * section 2). Families that are independent multiply, so their logarithms add; what is only a little unusual adds nothing,
 * however many say it.
 */
import { FAMILIES, type Family } from '../behaviours/behaviour.ts'
import type { Vouch } from '../features/feature.ts'
import { leftOf } from './vouch.ts'

const KAPPA = 0.2

/** How likely a misused account shows in a family at all: the weight in the mixture. A choice, not a measurement. */
const SHOWS: Record<Family, number> = {
  place: 0.6,
  device: 0.5,
  time: 0.3,
  pace: 0.5,
  reach: 0.5,
  path: 0.5,
  privilege: 0.3,
}

/** ln of the e-value of −ln p, at least 0: what is usual is no evidence either way; what is vouched for is less. */
export function logEvidence(family: Family, surprise: number, vouch: Vouch): number {
  const shows = SHOWS[family]
  const worth = Math.log(1 - shows + shows * KAPPA * Math.exp((1 - KAPPA) * surprise))
  return worth > 0 ? worth * leftOf(family, vouch) : 0
}

const PLACE_OF_FAMILY = new Map<Family, number>(FAMILIES.map((family, i) => [family, i]))

/**
 * What each family's largest surprise is worth, in the order of `FAMILIES`. A copied member changes nothing; nor does one
 * that says less.
 */
export function worthsOf(weights: readonly { family: Family; surprise: number }[], vouch: Vouch): Float64Array {
  const largest = new Float64Array(FAMILIES.length)
  for (const { family, surprise } of weights) {
    const at = PLACE_OF_FAMILY.get(family) as number
    if (surprise > (largest[at] as number)) largest[at] = surprise
  }
  for (let i = 0; i < FAMILIES.length; i++) largest[i] = logEvidence(FAMILIES[i] as Family, largest[i] as number, vouch)
  return largest
}
