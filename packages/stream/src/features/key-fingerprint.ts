import { dimension } from './dimension.ts'

export const keyFingerprint = dimension({
  id: 'key-fingerprint',
  about: 'user',
  summary: 'Keys and certificates that a person logs in with.',
  value: ({ event }) => event.keyFingerprint,
})
