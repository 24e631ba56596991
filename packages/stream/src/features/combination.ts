import { dimension } from './dimension.ts'

export const combination = dimension({
  id: 'combination',
  about: 'user',
  summary: 'Which device a person uses in which network.',
  value: ({ device, network }) =>
    network !== undefined && device !== undefined ? `${device} in ${network}` : undefined,
  bounds: { capacity: 32 },
})
