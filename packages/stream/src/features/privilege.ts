import type { Event } from '../event.ts'
import { dimension } from './dimension.ts'

const PRIVILEGED_SERVICE =
  /(^|[^a-z])(sudo|su|admin|administration|root|iam|vault|bastion|console|domain-controller|privileged)([^a-z]|$)/i
export const ORDINARY = 'no privileges'

/** What people change of their own accounts needs no privilege. */
const OWN_AFFAIRS = new Set(['password_change', 'mfa_factor_enable', 'mfa_factor_disable'])

/** The privilege that an event uses; ordinary work is a value too, so that a first use is seen against all of it. */
export function privilegeOf(event: Event): string {
  if (event.class === 'authorize_session' || event.activity === 'assign_privileges') {
    return `${event.service ?? 'privileges'} as ${event.actor === undefined ? 'administrator' : (event.user?.name ?? 'administrator')}`
  }
  if (event.class === 'account_change') {
    const isOwn = event.actor === undefined && OWN_AFFAIRS.has(event.activity)
    return isOwn ? ORDINARY : 'account administration'
  }
  if (event.service !== undefined && PRIVILEGED_SERVICE.test(event.service)) return event.service
  return ORDINARY
}

export const privilege = dimension({
  id: 'privilege',
  about: 'user',
  summary: 'Privileges that a person uses: sudo, su, administrative applications.',
  value: ({ event }) => privilegeOf(event),
})
