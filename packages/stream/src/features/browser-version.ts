import { dimension } from './dimension.ts'

export const browserVersion = dimension({
  id: 'browser_version',
  about: 'user',
  summary: 'User agents of a person to the letter, with their versions.',
  value: ({ event }) => event.userAgent,
  vouches: { device: 1 },
})
