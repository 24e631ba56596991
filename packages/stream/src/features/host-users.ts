import { dimension } from './dimension.ts'

export const hostUsers = dimension({
  id: 'host-users',
  about: 'host',
  summary: 'People who use a host.',
  // A name that never logged in may be a mistyped password: it stays hashed, in words too.
  value({ event, account, stranger }) {
    // Whose account is changed there is not there.
    if (event.class === 'account_change') return event.actor === undefined ? undefined : account
    return stranger && event.actor === undefined ? account : event.user?.name
  },
  bounds: { capacity: 64 },
  shared: false,
})
