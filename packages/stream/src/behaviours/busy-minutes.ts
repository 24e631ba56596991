import { normalTail } from '@heedful/detect/numerics/normal'
import { activity } from '../features/activity.ts'
import { behaviour } from './behaviour.ts'

/** As busy as on a day before is at most as surprising as one in a dozen. */
const SEEN_BEFORE = 2.5

const inActions = (expected: string): string => `${expected} ${expected === 'about 1' ? 'action' : 'actions'}`

export const busyMinutes = behaviour({
  id: 'busy_minutes',
  family: 'pace',
  title: 'Much done within minutes',
  techniques: ['T1119', 'T1087'],
  needsHabit: true,
  reads: activity,
  score({ excess, record }) {
    const byMoments = excess > 0 ? -Math.log(Math.max(1e-300, normalTail(excess))) : 0
    return record === 1 ? byMoments : Math.min(byMoments, SEEN_BEFORE)
  },
  expected: (values) => ({ ...values, excess: 0 }),
  explain: ({ excess }, { observed, expected }) => ({
    text: `Much done within minutes: ${observed}, ${excess.toFixed(1)} standard deviations above what is usual: ${expected}.`,
    observed,
    expected: inActions(expected),
    normal: `${inActions(expected)} within minutes`,
  }),
})
