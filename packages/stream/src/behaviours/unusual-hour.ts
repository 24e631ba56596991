import { week } from '../features/week.ts'
import { behaviour } from './behaviour.ts'

export const unusualHour = behaviour({
  id: 'unusual_hour',
  family: 'time',
  title: 'Unusual hour',
  techniques: ['T1078'],
  needsHabit: true,
  reads: week,
  score: ({ tail }) => -Math.log(Math.max(1e-9, tail)),
  expected: () => ({ tail: 1 }),
  explain: ({ tail }, { observed, expected }) => ({
    text: `Active at an unusual hour: ${observed}; ${expected}; ${tail < 0.001 ? 'under 0.1' : (100 * tail).toFixed(1)} % of activity is at such hours.`,
    observed,
    expected,
    normal: expected,
    another: observed,
  }),
})
