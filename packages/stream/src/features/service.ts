import { dimension } from './dimension.ts'
import { ORDINARY, privilegeOf } from './privilege.ts'

export const service = dimension({
  id: 'service',
  about: 'user',
  summary: 'Applications that a person uses.',
  // An administrative application is told as a privilege: one fact, one family.
  value: ({ event }) => (privilegeOf(event) === ORDINARY ? event.service : undefined),
})
