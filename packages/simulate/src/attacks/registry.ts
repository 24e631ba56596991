/** Every kind of attack. A new kind is one file and one line here. */
import { combine } from './combination.ts'
import { credentialStuffing } from './credential-stuffing.ts'
import { dormantAccount } from './dormant-account.ts'
import { firstPrivilege } from './first-privilege.ts'
import { impossibleTravel } from './impossible-travel.ts'
import type { AttackKind } from './kind.ts'
import { largeTransfer } from './large-transfer.ts'
import { offHours } from './off-hours.ts'
import { passwordSpray } from './password-spray.ts'
import { repeatedFailures } from './repeated-failures.ts'
import { stolenCredentials } from './stolen-credentials.ts'
import type { Trait } from './trait.ts'
import { unusualResource } from './unusual-resource.ts'

const TRAITS: readonly Trait[] = [impossibleTravel, offHours, repeatedFailures, largeTransfer, unusualResource]

/** All pairs of traits: with the five alone, the fifteen kinds of a well-known log of 50,000 labelled events. */
const PAIRS = TRAITS.flatMap((first, i) => TRAITS.slice(i + 1).map((second) => combine(first, second)))

export const ATTACKS: readonly AttackKind[] = [
  ...TRAITS.map((trait) => combine(trait)),
  passwordSpray,
  credentialStuffing,
  stolenCredentials,
  firstPrivilege,
  dormantAccount,
  ...PAIRS,
]
