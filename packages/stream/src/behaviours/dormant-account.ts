import { silence } from '../features/silence.ts'
import { behaviour } from './behaviour.ts'

export const dormantAccount = behaviour({
  id: 'dormant_account',
  family: 'time',
  title: 'A dormant account wakes',
  techniques: ['T1078.001', 'T1078.002'],
  needsHabit: true,
  reads: silence,
  score: ({ surprise }) => surprise,
  expected: () => ({ silent: 0, surprise: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `A dormant account wakes: ${observed}; it was ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
