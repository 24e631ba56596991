import { dimension } from './dimension.ts'

export const prefix = dimension({
  id: 'prefix',
  about: 'user',
  summary: 'Neighbourhoods of addresses (IPv4 /24, IPv6 /48) that a person comes from.',
  value: ({ prefix }) => prefix,
  bounds: { capacity: 32 },
  vouches: { place: 1 },
})
