import { describe, expect, it } from 'vitest'
import type { Event } from '../event.ts'
import { ORDINARY, privilegeOf } from './privilege.ts'

const change = (activity: string, actor?: string): Event => ({
  id: 'e1',
  position: 0,
  time: 0,
  class: 'account_change',
  activity,
  status: 'success',
  count: 1,
  user: { name: 'bob' },
  ...(actor !== undefined && { actor: { name: actor } }),
})

describe('the privilege that an event uses', () => {
  it('is none where somebody changes the own password or second factor', () => {
    expect(privilegeOf(change('password_change'))).toBe(ORDINARY)
    expect(privilegeOf(change('mfa_factor_enable'))).toBe(ORDINARY)
  })

  it('is the administration of accounts where it is somebody else, or more than that', () => {
    expect(privilegeOf(change('password_change', 'ada'))).toBe('account administration')
    expect(privilegeOf(change('password_reset'))).toBe('account administration')
    expect(privilegeOf(change('create'))).toBe('account administration')
  })

  it('is told by what somebody becomes, and by applications that administer', () => {
    const sudo: Event = { ...change('assign_privileges', 'ada'), class: 'authorize_session', service: 'sudo' }
    expect(privilegeOf({ ...sudo, user: { name: 'root' } })).toBe('sudo as root')
    const use: Event = { ...change('use'), class: 'application_activity', service: 'domain-controller' }
    expect(privilegeOf(use)).toBe('domain-controller')
    expect(privilegeOf({ ...use, service: 'summary' })).toBe(ORDINARY)
  })
})
