import { dimension } from './dimension.ts'

export const service = dimension({
  id: 'service',
  about: 'user',
  summary: 'Applications that a person uses.',
  value: ({ event }) => event.service,
})
