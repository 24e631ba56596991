import { privilege } from '../features/privilege.ts'
import { rarity } from './rarity.ts'

export const rarePrivilege = rarity({
  id: 'rare_privilege',
  family: 'privilege',
  title: 'Unusual use of privileges',
  techniques: ['T1548', 'T1078.002'],
  reads: privilege,
  noun: 'privilege',
})
