import { hostUsers } from '../features/host-users.ts'
import { rarity } from './rarity.ts'

export const rareUserOfHost = rarity({
  id: 'rare_user_of_host',
  family: 'path',
  title: 'Unusual person on this host',
  techniques: ['T1021'],
  reads: hostUsers,
  noun: 'person on this host',
})
