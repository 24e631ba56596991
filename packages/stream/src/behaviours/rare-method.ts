import { method } from '../features/method.ts'
import { rarity } from './rarity.ts'

export const rareMethod = rarity({
  id: 'rare_method',
  family: 'device',
  title: 'Unusual way to log in',
  techniques: ['T1556'],
  reads: method,
  noun: 'log-in method',
})
