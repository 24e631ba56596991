import { drawOf } from '../identity.ts'
import { dimension } from './dimension.ts'

export const browserVersion = dimension({
  id: 'browser_version',
  about: 'user',
  summary: 'User agents of a person to the letter, with their versions.',
  // Agents are long and only vouch, so a hash of each is kept.
  value: ({ event: { userAgent } }) => (userAgent === undefined ? undefined : drawOf(userAgent, 0).toString(36)),
  vouches: { device: 1 },
})
