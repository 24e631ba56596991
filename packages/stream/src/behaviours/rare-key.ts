import { keyFingerprint } from '../features/key-fingerprint.ts'
import { rarity } from './rarity.ts'

export const rareKey = rarity({
  id: 'rare_key',
  family: 'device',
  title: 'Unusual key',
  techniques: ['T1098.004'],
  reads: keyFingerprint,
  noun: 'key',
})
