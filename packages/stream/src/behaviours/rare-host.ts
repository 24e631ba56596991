import { host } from '../features/host.ts'
import { rarity } from './rarity.ts'

export const rareHost = rarity({
  id: 'rare_host',
  family: 'reach',
  title: 'Unusual host',
  techniques: ['T1021'],
  reads: host,
  noun: 'host',
})
