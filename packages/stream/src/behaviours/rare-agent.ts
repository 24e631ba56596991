import { agent } from '../features/agent.ts'
import { rarity } from './rarity.ts'

export const rareAgent = rarity({
  id: 'rare_agent',
  family: 'device',
  title: 'Unusual browser or system',
  techniques: ['T1078'],
  reads: agent,
  noun: 'browser and system',
})
