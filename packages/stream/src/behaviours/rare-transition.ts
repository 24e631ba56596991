import { transition } from '../features/transition.ts'
import { rarity } from './rarity.ts'

export const rareTransition = rarity({
  id: 'rare_transition',
  family: 'place',
  title: 'Unusual change of network or device',
  techniques: ['T1550'],
  reads: transition,
  noun: 'change of place',
})
