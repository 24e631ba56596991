import { combination } from '../features/combination.ts'
import { rarity } from './rarity.ts'

export const rareCombination = rarity({
  id: 'rare_combination',
  family: 'place',
  title: 'Unusual device for this network',
  techniques: ['T1078'],
  reads: combination,
  noun: 'device in this network',
})
