import { hashKey } from '../memory/habit.ts'
import { dimension } from './dimension.ts'

export const browserVersion = dimension({
  id: 'browser_version',
  about: 'user',
  summary: 'User agents of a person to the letter, with their versions.',
  // Agents are long and only vouch, so a hash of each is kept.
  value: ({ event: { userAgent } }) => (userAgent === undefined ? undefined : hashKey(userAgent)),
  readable: false,
  vouches: { device: 1 },
})
