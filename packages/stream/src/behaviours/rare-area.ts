import { area } from '../features/area.ts'
import { rarity } from './rarity.ts'

export const rareArea = rarity({
  id: 'rare_area',
  family: 'reach',
  title: 'Unusual area of files',
  techniques: ['T1213', 'T1039'],
  reads: area,
  noun: 'area of files',
})
