import { activity } from './activity.ts'
import { agent } from './agent.ts'
import { area } from './area.ts'
import { attempts } from './attempts.ts'
import { browserVersion } from './browser-version.ts'
import { combination } from './combination.ts'
import { country } from './country.ts'
import { denials } from './denials.ts'
import { failures } from './failures.ts'
import type { Feature } from './feature.ts'
import { folder } from './folder.ts'
import { host } from './host.ts'
import { hostUsers } from './host-users.ts'
import { keyFingerprint } from './key-fingerprint.ts'
import { method } from './method.ts'
import { network } from './network.ts'
import { networkAttempts } from './network-attempts.ts'
import { prefix } from './prefix.ts'
import { privilege } from './privilege.ts'
import { resource } from './resource.ts'
import { service } from './service.ts'
import { silence } from './silence.ts'
import { transition } from './transition.ts'
import { travel } from './travel.ts'
import { volume } from './volume.ts'
import { week } from './week.ts'

/** Everything that is remembered of an entity. A new feature is one file and one line here. */
// biome-ignore lint/suspicious/noExplicitAny: each feature's memory is its own affair
export const features: readonly Feature<any>[] = [
  country,
  network,
  prefix,
  travel,
  transition,
  agent,
  browserVersion,
  method,
  keyFingerprint,
  combination,
  week,
  silence,
  failures,
  denials,
  activity,
  service,
  host,
  area,
  folder,
  resource,
  volume,
  privilege,
  hostUsers,
  attempts,
  networkAttempts,
]
