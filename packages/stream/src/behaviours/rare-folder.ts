import { folder } from '../features/folder.ts'
import { rarity } from './rarity.ts'

export const rareFolder = rarity({
  id: 'rare_folder',
  family: 'reach',
  title: 'Unusual folder',
  techniques: ['T1213', 'T1039'],
  reads: folder,
  noun: 'folder',
})
