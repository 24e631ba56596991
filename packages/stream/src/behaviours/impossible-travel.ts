import { travel } from '../features/travel.ts'
import { behaviour } from './behaviour.ts'

/** From this many people on, a network is a way out that many share. */
const SHARED = 10

export const impossibleTravel = behaviour({
  id: 'impossible_travel',
  family: 'path',
  title: 'Impossible travel',
  techniques: ['T1078'],
  needsHabit: true,
  reads: travel,
  score: ({ surprise, holders }) => (holders >= SHARED ? 0.3 * surprise : surprise),
  expected: (values) => ({ ...values, surprise: 0, speed: 0 }),
  explain: ({ speed }, { observed, expected }) => ({
    text: `Impossible travel: ${observed}, that is at least ${Math.round(speed)} km/h; it takes ${expected}.`,
    observed,
    expected,
    normal: `${expected}, or the same place`,
  }),
})
