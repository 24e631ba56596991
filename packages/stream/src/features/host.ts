import { dimension } from './dimension.ts'

export const host = dimension({
  id: 'host',
  about: 'user',
  summary: 'Hosts that a person reaches.',
  value: ({ event }) => event.dstEndpoint?.hostname ?? event.dstEndpoint?.ip,
})
