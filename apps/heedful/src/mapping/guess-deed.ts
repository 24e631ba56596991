/** Which column says what was done, and what each of its values means. */
import type { EventClass, Status } from '@heedful/stream'
import { wordOf } from '@heedful/stream/sources/json/words'
import { outcomeOf } from './guess-outcome.ts'
import type { Column } from './profile.ts'
import { ROLES } from './roles.ts'

export interface Deed {
  class: EventClass
  /** Absent: the value itself says it. */
  activity?: string
  status?: Status
}

export interface DeedGuess {
  column: string
  /** Deeds that are told apart, each with its values as they are written. */
  groups: { deed: Deed; values: string[] }[]
  /** Values of which nothing is known: uses of an application. */
  others: string[]
  confidence: number
}

const NAMED =
  /(?:^|_)(?:action|operation|operation_name|event_?name|event_?type|activity|activity_type|event|verb|method|request_method|event_id|eventid|event_action|operation_type|act|type|category|event_category|command_type)$/
const STRONG =
  /(?:^|_)(?:action|action_type|operation|operation_name|event_?name|event_?type|activity|event_?id|event_action)$/

/** Windows security events. */
const WINDOWS = new Map<string, Deed>([
  ['4624', { class: 'authentication', activity: 'logon', status: 'success' }],
  ['4625', { class: 'authentication', activity: 'logon', status: 'failure' }],
  ['4648', { class: 'authentication', activity: 'logon' }],
  ['4768', { class: 'authentication', activity: 'logon' }],
  ['4771', { class: 'authentication', activity: 'logon', status: 'failure' }],
  ['4776', { class: 'authentication', activity: 'logon' }],
  ['4634', { class: 'authentication', activity: 'logoff' }],
  ['4647', { class: 'authentication', activity: 'logoff' }],
  ['4672', { class: 'authorize_session', activity: 'assign_privileges' }],
  ['4720', { class: 'account_change', activity: 'create' }],
  ['4726', { class: 'account_change', activity: 'delete' }],
  ['4728', { class: 'account_change', activity: 'assign_privileges' }],
  ['4732', { class: 'account_change', activity: 'assign_privileges' }],
  ['4740', { class: 'account_change', activity: 'lock' }],
  ['5140', { class: 'file_activity', activity: 'read' }],
  ['5145', { class: 'file_activity', activity: 'read' }],
])

/** Groups and policies of machines are no accounts. */
const ACCOUNT =
  '(?:user|account|password|role|(?<!log_|security_|subnet_)group|member|permission|privilege|(?<!bucket_)policy|access_?key|login_profile|mfa|credential)'
const GIVEN = '(?:(?<!log_|security_|subnet_)group|role|member|(?<!bucket_)policy|permission|privilege)'

/** The first form that a word fits says what it means. */
const MEANINGS: readonly (readonly [RegExp, EventClass, string?])[] = [
  [/log_?(?:ged_)?(?:off|out)|sign_?(?:ed_)?(?:off|out)|disconnect|session_(?:end|clos)/, 'authentication', 'logoff'],
  [
    /(?:^|_)(?:sudo|su|runas|elevat\w*|impersonat\w*)(?:_|$)|^assume_?role|privilege_use/,
    'authorize_session',
    'assign_privileges',
  ],
  [/password_?reset|reset_?(?:\w+_)?password/, 'account_change', 'password_reset'],
  [/password_?chang|change_?(?:\w+_)?password/, 'account_change', 'password_change'],
  [
    new RegExp(`(?:add|attach|grant|assign|put)_(?:\\w+_)?${GIVEN}|(?:group|role|member)_(?:add|assign|grant)`),
    'account_change',
    'assign_privileges',
  ],
  [
    new RegExp(`(?:remove|detach|revoke)_(?:\\w+_)?${GIVEN}|(?:group|role|member)_(?:remove|revoke)`),
    'account_change',
    'revoke_privileges',
  ],
  [new RegExp(`(?:create|new)_(?:\\w+_)?${ACCOUNT}|(?:user|account|role|member)_creat`), 'account_change', 'create'],
  [new RegExp(`delete_(?:\\w+_)?${ACCOUNT}|(?:user|account|role|member)_delet`), 'account_change', 'delete'],
  [
    new RegExp(`(?:update|set|modify|change)_(?:\\w+_)?${ACCOUNT}|(?:user|account|role)_(?:updat|modif|chang)`),
    'account_change',
    'update',
  ],
  [
    /^(?:\w+_)?log_?(?:ged_|on_)?(?:in|on)(?:_success\w*|_fail\w*|_attempt|_denied|_ok)?$|sign_?(?:ed_)?in(?:_|$)|authenticat|(?:^|_)auth(?:_|$)|(?:^|_)connect(?:ed)?$|session_start/,
    'authentication',
    'logon',
  ],
  [
    /(?:file|document|object|folder|blob|share).*(?:download|read|access|open|view|copied)|(?:download|read|open|view|copy|get|head)_?(?:file|document|object|blob)|^download$/,
    'file_activity',
    'read',
  ],
  [
    /(?:file|document|object|folder|blob).*(?:upload|creat|written|add)|(?:upload|create|write|put|copy)_?(?:file|document|object|blob)|^upload$/,
    'file_activity',
    'create',
  ],
  [
    /(?:file|document|object|folder|blob).*(?:delet|remov)|(?:delete|remove)_?(?:file|document|object|blob)/,
    'file_activity',
    'delete',
  ],
  [
    /(?:file|document|object|folder|blob).*(?:modif|edit|renam|mov|chang)|(?:modify|edit|rename|move|update)_?(?:file|document|object|blob)/,
    'file_activity',
    'update',
  ],
]

const HTTP = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/

function deedOf(text: string, { word }: Column): Deed | undefined {
  if (/event_?id|event_?code/.test(word)) return WINDOWS.get(text)
  const said = wordOf(text).replace(/^_+|_+$/g, '')
  const found = MEANINGS.find(([form]) => form.test(said))
  if (found === undefined) return HTTP.test(text) ? { class: 'application_activity' } : undefined
  const [, kind, activity] = found
  const status = outcomeOf(text)
  return { class: kind, ...(activity !== undefined && { activity }), ...(status !== undefined && { status }) }
}

/** Columns that name something else than acts, whatever their values look like. */
const isTaken = ({ word }: Column): boolean =>
  !STRONG.test(word) &&
  ROLES.some(({ field, strong, weak }) => field !== 'id' && (strong.test(word) || weak?.test(word)))

function guessOf(column: Column): DeedGuess & { score: number } {
  const groups = new Map<string, { deed: Deed; values: string[] }>()
  const others: string[] = []
  let known = 0
  for (const [text, count] of column.counts) {
    const deed = deedOf(text, column)
    if (deed === undefined) {
      others.push(text)
      continue
    }
    known += count
    const key = JSON.stringify(deed)
    const group = groups.get(key) ?? { deed, values: [] }
    group.values.push(text)
    groups.set(key, group)
  }
  const share = known / Math.max(1, column.values.length)
  const score =
    share * 2 + (STRONG.test(column.word) ? 1.5 : NAMED.test(column.word) ? 0.7 : 0) - (column.filled < 0.9 ? 1.5 : 0)
  return {
    column: column.name,
    groups: [...groups.values()],
    others,
    confidence: Math.min(0.95, 0.4 + share * 0.4 + (STRONG.test(column.word) ? 0.15 : 0)),
    score,
  }
}

/** Few values that come again and again. */
const areKinds = ({ values, distinct }: Column): boolean =>
  values.length > 0 && distinct <= 1000 && distinct <= Math.max(20, values.length / 3)

const areWords = ({ counts }: Column): boolean =>
  counts.slice(0, 50).every(([text]) => text.length <= 40 && !/\s.*\s/.test(text))

/** A column of few kinds of deeds, whose name or whose values say so. */
export function guessDeed(columns: readonly Column[]): DeedGuess | undefined {
  return columns
    .filter((column) => areKinds(column) && !isTaken(column) && (NAMED.test(column.word) || areWords(column)))
    .map(guessOf)
    .filter(({ score, groups, column }) => score >= 1.5 && (groups.length > 0 || !/id$|code$/i.test(column)))
    .sort((a, b) => b.score - a.score)[0]
}
