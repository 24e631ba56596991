import type { Detector } from '../contracts/model.ts'
import { abod } from './table/abod.ts'
import { auto } from './table/auto.ts'
import { cblof } from './table/cblof.ts'
import { cof } from './table/cof.ts'
import { copod } from './table/copod.ts'
import { ecod } from './table/ecod.ts'
import { extendedIsolationForest } from './table/extended-isolation-forest.ts'
import { gmm } from './table/gmm.ts'
import { gradientBoosting } from './table/gradient-boosting.ts'
import { halfSpaceTrees } from './table/half-space-trees.ts'
import { hbos } from './table/hbos.ts'
import { inne } from './table/inne.ts'
import { isolationForest } from './table/isolation-forest.ts'
import { kNearestNeighbours } from './table/k-nearest-neighbours.ts'
import { kde } from './table/kde.ts'
import { labelWeightedFusion } from './table/label-weighted-fusion.ts'
import { loda } from './table/loda.ts'
import { lof } from './table/lof.ts'
import { logisticRegression } from './table/logistic-regression.ts'
import { mahalanobis } from './table/mahalanobis.ts'
import { mcd } from './table/mcd.ts'
import { oneClassSvm } from './table/one-class-svm.ts'
import { onlineOneClassSvm } from './table/online-one-class-svm.ts'
import { pca } from './table/pca.ts'
import { positiveUnlabelled } from './table/positive-unlabelled.ts'
import { randomCutForest } from './table/random-cut-forest.ts'
import { randomForest } from './table/random-forest.ts'
import { rarity } from './table/rarity.ts'
import { robustPca } from './table/robust-pca.ts'
import { sciforest } from './table/sciforest.ts'
import { xgbod } from './table/xgbod.ts'
import { xstream } from './table/xstream.ts'

/** Every detector: one file in the folder of its kind, one line here, by its id in the order of code units. */
export const detectors: readonly Detector[] = [
  abod,
  auto,
  cblof,
  cof,
  copod,
  ecod,
  extendedIsolationForest,
  gmm,
  gradientBoosting,
  halfSpaceTrees,
  hbos,
  inne,
  isolationForest,
  kNearestNeighbours,
  kde,
  labelWeightedFusion,
  loda,
  lof,
  logisticRegression,
  mahalanobis,
  mcd,
  oneClassSvm,
  onlineOneClassSvm,
  pca,
  positiveUnlabelled,
  randomCutForest,
  randomForest,
  rarity,
  robustPca,
  sciforest,
  xgbod,
  xstream,
]
