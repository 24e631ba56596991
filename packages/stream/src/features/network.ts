import { dimension } from './dimension.ts'

export const network = dimension({
  id: 'network',
  about: 'user',
  summary: 'Networks (autonomous systems, or address prefixes where none is known) that a person comes from.',
  value: ({ network }) => network,
  vouches: { place: 0.5 },
})
