import { dimension } from './dimension.ts'

export const method = dimension({
  id: 'method',
  about: 'user',
  summary: 'How a person proves who they are: password, key, token.',
  value: ({ event }) => event.authMethod,
})
