import { dimension } from './dimension.ts'

export const agent = dimension({
  id: 'agent',
  about: 'user',
  summary: 'Browser and operating system that a person uses, without their versions.',
  value: ({ device }) => device,
  vouches: { device: 0.7 },
})
