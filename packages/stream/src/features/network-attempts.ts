import { attemptsFrom } from './attempts.ts'

/** Who guesses from several addresses often rents them together. */
export const networkAttempts = attemptsFrom({
  id: 'network_attempts',
  about: 'network',
  summary: 'Which names failed from a network, against what is usual there.',
  holders: ({ networkHolders }) => networkHolders,
})
