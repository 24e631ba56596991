import { resource } from '../features/resource.ts'
import { rarity } from './rarity.ts'

export const rareResource = rarity({
  id: 'rare_resource',
  family: 'reach',
  title: 'Unusual resource',
  techniques: ['T1213', 'T1039'],
  reads: resource,
  noun: 'resource',
})
