/** Every kind of attack. A new kind is one file and one line here. */
import { combine } from './combination.ts'
import { impossibleTravel } from './impossible-travel.ts'
import type { AttackKind } from './kind.ts'
import { largeTransfer } from './large-transfer.ts'
import { offHours } from './off-hours.ts'
import { repeatedFailures } from './repeated-failures.ts'
import type { Trait } from './trait.ts'
import { unusualResource } from './unusual-resource.ts'

const TRAITS: readonly Trait[] = [impossibleTravel, offHours, repeatedFailures, largeTransfer, unusualResource]

/** All pairs of traits: with the five alone, the fifteen kinds of a well-known log of 50,000 labelled events. */
const PAIRS = TRAITS.flatMap((first, i) => TRAITS.slice(i + 1).map((second) => combine(first, second)))

export const ATTACKS: readonly AttackKind[] = [...TRAITS.map((trait) => combine(trait)), ...PAIRS]
