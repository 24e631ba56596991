import { network } from '../features/network.ts'
import { rarity } from './rarity.ts'

export const rareNetwork = rarity({
  id: 'rare_network',
  family: 'place',
  title: 'Unusual network',
  techniques: ['T1078'],
  reads: network,
  noun: 'network',
})
