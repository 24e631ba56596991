import { definePreparer } from '../contracts/define-preparer.ts'
import { fitScaling, isNegligible, openScaling, type Scaling } from './scaling.ts'

/**
 * (value − smallest) / (largest − smallest) of the training rows, as scikit-learn's `MinMaxScaler`: these lie from 0 to 1,
 * and what is beyond them stays beyond, where a detector can see it. A single far value presses all others together:
 * `robustScaler` and `quantileScaler` do not mind. A constant column becomes value − constant. Missing values stay missing,
 * columns of categories pass through.
 *
 * @example `prepared(minMaxScaler, detector)`
 */
export const minMaxScaler = definePreparer<Record<never, never>, Scaling>({
  id: 'min-max-scaler',
  version: 1,
  summary: 'Scales number columns so that the training rows lie from 0 to 1.',
  reference: 'Han, Kamber and Pei, Data Mining (3rd), section 3.5.2; scikit-learn 1.9, MinMaxScaler',
  params: {},
  columns: 'any',
  missing: 'accepts',
  fit: (rows) =>
    fitScaling(rows, (values) => {
      let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const value of values) {
        smallest = Math.min(smallest, value)
        largest = Math.max(largest, value)
      }
      const range = largest - smallest
      return { centre: smallest, scale: isNegligible(range, values) ? 1 : range }
    }),
  open: openScaling,
})
