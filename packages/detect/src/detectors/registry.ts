import type { Detector } from '../contracts/model.ts'
import { isolationForest } from './isolation-forest.ts'
import { rarity } from './rarity.ts'

/** Every detector, by its id in the order of code units. */
export const detectors: readonly Detector[] = [isolationForest, rarity]
