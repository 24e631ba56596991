import { dimension } from './dimension.ts'

export const resource = dimension({
  id: 'resource',
  about: 'user',
  summary: 'Files, shares and records that a person touches.',
  value: ({ event }) => event.resource,
  // Who touches hundreds is told by folders and areas.
  bounds: { capacity: 12 },
})
