/** What kind of event a document tells of: `event.category`, `type`, `action` → class and activity of OCSF. */
import type { EventClass } from '../../event.ts'
import { wordOf } from '../json/words.ts'

export interface Kind {
  class: EventClass
  activity: string
}

export interface Said {
  kind: string
  categories: readonly string[]
  types: readonly string[]
  /** Lower case, words joined by `_`. */
  action: string
  /** Somebody acts with another's rights. */
  effective: boolean
  service: string
}

const LOGOFF = /log_?(?:ged_)?(?:off|out)|sign_?(?:ed_)?out|session_(?:end|clos)/
const LOGON = /log_?(?:ged_|on_)?(?:on|in)(?:_|$)|sign_?(?:ed_)?in|authenticat|session_start/
const PRIVILEGE = /(?:^|_)(?:sudo|su|doas|runas|pkexec)(?:_|$)|elevat|privilege|assume_?role|logged_in_special/

const CHANGES: readonly (readonly [RegExp, string])[] = [
  [/^(?:create|delete|update|enable|disable|lock|unlock|password_change|password_reset)$/, ''],
  [/^(?:assign_privileges|revoke_privileges|mfa_factor_enable|mfa_factor_disable)$/, ''],
  [
    /(?:add|assign|grant).*(?:group|role|member|privilege)|(?:group|role|member)\w*_(?:add|assign|grant)/,
    'assign_privileges',
  ],
  [
    /(?:remov|revok|delet).*(?:group|role|member|privilege)|(?:group|role|member)\w*_(?:remov|revok)/,
    'revoke_privileges',
  ],
  [/password.*reset|reset.*password/, 'password_reset'],
  [/password/, 'password_change'],
  [/unlock/, 'unlock'],
  [/lock/, 'lock'],
  [/disabl|deactivat|suspend/, 'disable'],
  [/enabl|activat/, 'enable'],
]

function changeOf({ action, types }: Said): string {
  for (const [form, activity] of CHANGES) if (form.test(action)) return activity || action
  if (types.includes('creation')) return 'create'
  if (types.includes('deletion')) return 'delete'
  if (types.includes('admin')) return 'assign_privileges'
  return 'update'
}

const FILE_ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/read|download|open|view|access|get|copy|copied/, 'read'],
  [/creat|upload|put|add/, 'create'],
  [/delet|remov|unlink/, 'delete'],
  [/renam|mov/, 'rename'],
  [/writ|modif|updat|chang|edit|overwr/, 'update'],
]
const FILE_TYPES: readonly (readonly [string, string])[] = [
  ['creation', 'create'],
  ['deletion', 'delete'],
  ['change', 'update'],
  ['access', 'read'],
]

function touchOf({ action, types }: Said): string {
  for (const [form, activity] of FILE_ACTIONS) if (form.test(action)) return activity
  return FILE_TYPES.find(([type]) => types.includes(type))?.[1] ?? 'read'
}

const useOf = ({ action, types }: Said): string =>
  FILE_TYPES.find(([type]) => types.includes(type))?.[1] ?? (action || types[0] || 'use')

/** Uses of an application, in the categories of ECS. */
const USES = ['web', 'api', 'database', 'email', 'library', 'configuration', 'vulnerability']

function sessionOf(said: Said): Kind {
  if (said.types.includes('end') || LOGOFF.test(said.action)) return { class: 'authentication', activity: 'logoff' }
  if (said.effective || PRIVILEGE.test(said.action) || PRIVILEGE.test(wordOf(said.service))) {
    return { class: 'authorize_session', activity: 'assign_privileges' }
  }
  // A session of its own says that an application is in use; who proved what is told by `authentication`.
  return { class: 'application_activity', activity: useOf(said) }
}

/** Without a category: by the action alone. */
function byAction(said: Said): Kind {
  if (LOGOFF.test(said.action)) return { class: 'authentication', activity: 'logoff' }
  if (LOGON.test(said.action)) return { class: 'authentication', activity: 'logon' }
  return { class: 'other', activity: useOf(said) }
}

export function classify(said: Said): Kind {
  const { categories, types, action } = said
  // Metrics, states and other systems' alerts are no acts of anybody.
  if (said.kind !== '' && said.kind !== 'event') return { class: 'other', activity: useOf(said) }
  if (categories.includes('authentication')) {
    const ends = types.includes('end') || LOGOFF.test(action)
    return { class: 'authentication', activity: ends ? 'logoff' : 'logon' }
  }
  if (categories.includes('iam')) {
    return action === 'logged_in_special'
      ? { class: 'authorize_session', activity: 'assign_privileges' }
      : { class: 'account_change', activity: changeOf(said) }
  }
  if (categories.includes('session')) return sessionOf(said)
  if (categories.includes('file')) return { class: 'file_activity', activity: touchOf(said) }
  if (categories.some((category) => USES.includes(category))) {
    return { class: 'application_activity', activity: useOf(said) }
  }
  return categories.length === 0 ? byAction(said) : { class: 'other', activity: useOf(said) }
}
