import { definePreparer } from '../contracts/define-preparer.ts'
import { choice } from '../contracts/params.ts'
import { medianAbsoluteDeviation, NORMAL_MAD } from '../numerics/median.ts'
import { quantile, sortedCopy } from '../numerics/quantile.ts'
import { fitScaling, isNegligible, openScaling, type Scaling } from './scaling.ts'

const PARAMS = {
  spread: choice('iqr', ['iqr', 'mad'], 'interquartile range, or median absolute deviation'),
}

type Spread = 'iqr' | 'mad'

/** 1 / (Φ⁻¹(3/4) − Φ⁻¹(1/4)): both spreads estimate the standard deviation of a normal sample. */
const NORMAL_IQR = NORMAL_MAD / 2
/** √(π/2): so does the mean absolute deviation. */
const NORMAL_MEAN_DEVIATION = 1.2533141373155003

/**
 * (value − median) / spread, which up to a quarter (IQR) or half (MAD) of anomalies cannot move. Where that spread is 0,
 * as when most values are equal, the other one is taken, then the mean absolute deviation from the median (Iglewicz and
 * Hoaglin 1993, section 3.3); a constant column is only centred. Missing values stay missing, categories pass through.
 *
 * @example `prepared(robustScaler, detector)`
 */
export const robustScaler = definePreparer<typeof PARAMS, Scaling>({
  id: 'robust-scaler',
  version: 1,
  summary: 'Scales number columns by median and a spread that anomalies do not move.',
  reference: 'Rousseeuw and Croux, JASA 1993, section 1; Iglewicz and Hoaglin 1993, section 3.3',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fit: (rows, _lesson, { spread }) => fitScaling(rows, (values) => measure(values, spread)),
  open: openScaling,
})

function measure(values: Float64Array, spread: Spread): { centre: number; scale: number } {
  const sorted = sortedCopy(values)
  const centre = quantile(sorted, 0.5)
  const range = () => NORMAL_IQR * (quantile(sorted, 0.75) - quantile(sorted, 0.25))
  const deviation = () => NORMAL_MAD * medianAbsoluteDeviation(sorted, centre)
  const meanDeviation = () =>
    (NORMAL_MEAN_DEVIATION * sorted.reduce((sum, value) => sum + Math.abs(value - centre), 0)) / sorted.length
  const tries = spread === 'iqr' ? [range, deviation, meanDeviation] : [deviation, range, meanDeviation]
  for (const attempt of tries) {
    const scale = attempt()
    if (!isNegligible(scale, sorted)) return { centre, scale }
  }
  return { centre, scale: 1 }
}
