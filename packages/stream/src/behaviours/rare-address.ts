import { prefix } from '../features/prefix.ts'
import { rarity } from './rarity.ts'

export const rareAddress = rarity({
  id: 'rare_address',
  family: 'place',
  title: 'Unusual address',
  techniques: ['T1078'],
  reads: prefix,
  noun: 'address range',
})
