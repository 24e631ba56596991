import type { Behaviour } from './behaviour.ts'
import { busyMinutes } from './busy-minutes.ts'
import { dormantAccount } from './dormant-account.ts'
import { failureBurst } from './failure-burst.ts'
import { guessing } from './guessing.ts'
import { heavyDay } from './heavy-day.ts'
import { impossibleTravel } from './impossible-travel.ts'
import { largeTransfer } from './large-transfer.ts'
import { manyDenials } from './many-denials.ts'
import { networkSpray } from './network-spray.ts'
import { passwordSpray } from './password-spray.ts'
import { rareAddress } from './rare-address.ts'
import { rareAgent } from './rare-agent.ts'
import { rareArea } from './rare-area.ts'
import { rareCombination } from './rare-combination.ts'
import { rareCountry } from './rare-country.ts'
import { rareFolder } from './rare-folder.ts'
import { rareHost } from './rare-host.ts'
import { rareKey } from './rare-key.ts'
import { rareMethod } from './rare-method.ts'
import { rareNetwork } from './rare-network.ts'
import { rarePrivilege } from './rare-privilege.ts'
import { rareResource } from './rare-resource.ts'
import { rareService } from './rare-service.ts'
import { rareTransition } from './rare-transition.ts'
import { rareUserOfHost } from './rare-user-of-host.ts'
import { slowFailures } from './slow-failures.ts'
import { slowNetworkSpray } from './slow-network-spray.ts'
import { slowSpray } from './slow-spray.ts'
import { strangeFailures } from './strange-failures.ts'
import { successAfterFailures } from './success-after-failures.ts'
import { successFromSprayer } from './success-from-sprayer.ts'
import { unusualHour } from './unusual-hour.ts'

/** Everything that can be strange about an event. A new behaviour is one file and one line here. */
export const behaviours: readonly Behaviour[] = [
  rareCountry,
  rareNetwork,
  rareAddress,
  impossibleTravel,
  rareTransition,
  rareAgent,
  rareMethod,
  rareKey,
  rareCombination,
  unusualHour,
  dormantAccount,
  failureBurst,
  busyMinutes,
  manyDenials,
  slowFailures,
  strangeFailures,
  successAfterFailures,
  passwordSpray,
  slowSpray,
  networkSpray,
  slowNetworkSpray,
  guessing,
  successFromSprayer,
  rareService,
  rareHost,
  rareArea,
  rareFolder,
  rareResource,
  largeTransfer,
  heavyDay,
  rareUserOfHost,
  rarePrivilege,
]
