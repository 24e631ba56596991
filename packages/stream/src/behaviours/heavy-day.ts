import { normalTail } from '@heedful/detect/numerics/normal'
import { volume } from '../features/volume.ts'
import { behaviour } from './behaviour.ts'

/** A day like one before is at most as surprising as one in a dozen. */
const SEEN_BEFORE = 2.5

export const heavyDay = behaviour({
  id: 'heavy_day',
  family: 'reach',
  title: 'Much moved within hours',
  techniques: ['T1030', 'T1048'],
  needsHabit: true,
  reads: volume,
  score({ sum, recordSum }) {
    const byMoments = sum > 0 ? -Math.log(Math.max(1e-300, normalTail(sum))) : 0
    return recordSum === 1 ? byMoments : Math.min(byMoments, SEEN_BEFORE)
  },
  expected: (values) => ({ ...values, sum: 0 }),
  explain: ({ sum }, { observed, expected }) => ({
    text: `Much moved within hours: ${observed}, ${sum.toFixed(1)} standard deviations above what is usual: ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
