import { service } from '../features/service.ts'
import { rarity } from './rarity.ts'

export const rareService = rarity({
  id: 'rare_service',
  family: 'reach',
  title: 'Unusual application',
  techniques: ['T1078'],
  reads: service,
  noun: 'application',
})
