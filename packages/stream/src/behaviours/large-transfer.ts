import { normalTail } from '@heedful/detect/numerics/normal'
import { volume } from '../features/volume.ts'
import { behaviour } from './behaviour.ts'

export const largeTransfer = behaviour({
  id: 'large_transfer',
  family: 'reach',
  title: 'Large transfer',
  techniques: ['T1048', 'T1567'],
  needsHabit: true,
  reads: volume,
  score({ event, rank, record }) {
    const byMoments = event > 0 ? -Math.log(Math.max(1e-300, normalTail(event))) : 0
    return record === 1 ? byMoments : Math.min(byMoments, rank)
  },
  expected: (values) => ({ ...values, event: 0 }),
  explain: ({ event }, { observed, expected }) => ({
    text: `Large transfer: ${observed}, ${event.toFixed(1)} standard deviations above what is usual: ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
