import { dimension } from './dimension.ts'

export const hostUsers = dimension({
  id: 'host-users',
  about: 'host',
  summary: 'People who use a host.',
  value: ({ event }) => event.user?.name,
  bounds: { capacity: 64 },
  shared: false,
})
