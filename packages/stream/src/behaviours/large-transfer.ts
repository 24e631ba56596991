import { volume } from '../features/volume.ts'
import { behaviour } from './behaviour.ts'

export const largeTransfer = behaviour({
  id: 'large_transfer',
  family: 'reach',
  title: 'Large transfer',
  techniques: ['T1048', 'T1567'],
  needsHabit: true,
  reads: volume,
  score: ({ event }) => Math.max(0, event),
  expected: (values) => ({ ...values, event: 0 }),
  explain: ({ event }, { observed, expected }) => ({
    text: `Large transfer: ${observed}, ${event.toFixed(1)} standard deviations above the usual ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
