import { definePreparer } from '../contracts/define-preparer.ts'
import { learnMoments, populationVariance, startMoments } from '../numerics/moments.ts'
import { fitScaling, isNegligible, openScaling, type Scaling } from './scaling.ts'

/**
 * (value − mean) / standard deviation, as scikit-learn's `StandardScaler`. A constant column is only centred. Missing
 * values stay missing, columns of categories pass through.
 *
 * @example `prepared(standardScaler, detector)`
 */
export const standardScaler = definePreparer<Record<never, never>, Scaling>({
  id: 'standard-scaler',
  version: 1,
  summary: 'Scales number columns to mean 0 and standard deviation 1.',
  reference: 'Welford, Technometrics 1962; scikit-learn 1.9, StandardScaler',
  params: {},
  columns: 'any',
  missing: 'accepts',
  fit: (rows) =>
    fitScaling(rows, (values) => {
      const moments = startMoments()
      for (const value of values) learnMoments(moments, value)
      const deviation = Math.sqrt(populationVariance(moments))
      return { centre: moments.mean, scale: isNegligible(deviation, values) ? 1 : deviation }
    }),
  open: openScaling,
})
