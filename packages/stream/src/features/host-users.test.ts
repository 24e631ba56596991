import { describe, expect, it } from 'vitest'
import type { Event } from '../event.ts'
import { Around, EVERYBODY } from '../memory/around.ts'
import { see } from '../observe.ts'
import { hostUsers } from './host-users.ts'

describe('people of a host', () => {
  it('does not spell a name that never logged in: it may be a mistyped password', () => {
    const event: Event = {
      id: 'e1',
      position: 0,
      time: 0,
      class: 'authentication',
      activity: 'logon',
      status: 'failure',
      count: 1,
      user: { name: 'correct horse battery' },
    }
    const around = new Around()
    const seen = see(event, {}, around, '?0123', true)
    expect(hostUsers.tell(hostUsers.start(), seen, { around, group: EVERYBODY }).observed).toBe('?0123')
    const known = see({ ...event, user: { name: 'ada' } }, {}, around, 'ada', false)
    expect(hostUsers.tell(hostUsers.start(), known, { around, group: EVERYBODY }).observed).toBe('ada')
  })

  it('are those who act there, not those whose accounts they change', () => {
    const event: Event = {
      id: 'e1',
      position: 0,
      time: 0,
      class: 'account_change',
      activity: 'password_reset',
      status: 'success',
      count: 1,
      actor: { name: 'ada' },
      user: { name: 'bob' },
    }
    const around = new Around()
    const seen = see(event, {}, around, 'ada', false)
    expect(hostUsers.tell(hostUsers.start(), seen, { around, group: EVERYBODY }).observed).toBe('ada')
  })
})
