import type { Detector } from '../contracts/model.ts'
import { ecod } from './ecod.ts'
import { isolationForest } from './isolation-forest.ts'
import { rarity } from './rarity.ts'

/** Every detector: one file beside this one, one line here, by its id in the order of code units. */
export const detectors: readonly Detector[] = [ecod, isolationForest, rarity]
