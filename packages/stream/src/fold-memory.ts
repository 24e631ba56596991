/** What a fold remembers, as plain data, and whether this build can read it. */
import type { Plain } from '@heedful/detect/contracts/plain'
import type { DecideState } from './decide/decide.ts'
import { features } from './features/registry.ts'
import type { Door } from './log.ts'
import type { AroundState } from './memory/around.ts'
import type { EntitiesState } from './memory/entities.ts'
import type { PackerState } from './memory/packer.ts'
import type { RecentIdsState } from './memory/recent-ids.ts'
import type { SlabState } from './memory/slab.ts'
import type { ParserState } from './sources/source.ts'
import type { TeachState } from './teach.ts'
import type { WeighState } from './weigh/weigh.ts'

/** What a fold remembers. */
export type FoldMemory = {
  rest: Plain
  /** Entities at rest, by far the most of it: these bytes never change, and are not copied. */
  parts: readonly SlabState[]
}

/** Another one is the memory of another build. */
export const FOLD_VERSION = 11 as const

/** Whose memories the entities hold, in this order. */
export const FEATURES = features.map(({ id, version }) => `${id} ${version}`)

export interface FoldState {
  version: typeof FOLD_VERSION
  features: string[]
  packer: PackerState
  awake: EntitiesState['awake']
  around: AroundState
  weigher: WeighState
  decider: DecideState
  teacher: TeachState
  /** By number, in text: keys of saved maps are text. */
  doors: Map<string, { door: Door; parser: ParserState }>
  strangers: Map<string, number>
  recent: RecentIdsState
  events: number
  time: number
}

/** Throws where it is the memory of another build: the log gives it anew. */
export function refuseOther({ version, features }: Partial<FoldState>): void {
  if (version === FOLD_VERSION && features?.join() === FEATURES.join()) return
  throw new Error('it was written by a build that remembers other features; fold the log again from its start')
}
