/** Accounts and groups that are made, changed and removed: shadow-utils (useradd, usermod, gpasswd, chage …). */
import type { Event } from '../../event.ts'
import type { Parsed } from '../source.ts'
import { Absorbed, absorbed, type Entry, eventOf, told } from './entry.ts'
import type { LastCommand } from './escalation.ts'

export const ACCOUNT_TOOLS = new Set([
  'useradd',
  'usermod',
  'userdel',
  'groupadd',
  'groupmod',
  'groupdel',
  'gpasswd',
  'passwd',
  'chpasswd',
  'chage',
  'chfn',
  'chsh',
  'newusers',
  'adduser',
  'deluser',
])

/** Anybody may call these for themselves; only root may call the others. */
const OWN = new Set(['passwd', 'chfn', 'chsh', 'gpasswd', 'chage'])

/** Between a command under sudo and what its tool writes. */
const BEHIND_MS = 5_000

interface Form {
  form: RegExp
  activity: string
  /** Groups of the pattern that hold the account, the group, and who did it. */
  user?: number
  group?: number
  actor?: number
  failed?: true
}

const NAME = '[\'`"]?([^\'`",\\s]+)[\'`"]?'
const form = (text: string): RegExp => new RegExp(text.replaceAll('NAME', NAME))

/** Tried in this order. */
const FORMS: readonly Form[] = [
  { form: form('^new user: name=([^,]+), UID='), activity: 'create', user: 1 },
  { form: form('^failed adding user NAME'), activity: 'create', user: 1, failed: true },
  { form: form('^new group: name=([^,]+), GID='), activity: 'create', group: 1 },
  { form: form('^delete user NAME'), activity: 'delete', user: 1 },
  { form: form('^group NAME removed'), activity: 'delete', group: 1 },
  { form: form('^add NAME to group NAME'), activity: 'assign_privileges', user: 1, group: 2 },
  {
    form: form('^user NAME added by NAME to group NAME'),
    activity: 'assign_privileges',
    user: 1,
    actor: 2,
    group: 3,
  },
  { form: form('^delete NAME from group NAME'), activity: 'revoke_privileges', user: 1, group: 2 },
  {
    form: form('^user NAME removed by NAME from group NAME'),
    activity: 'revoke_privileges',
    user: 1,
    actor: 2,
    group: 3,
  },
  { form: form('^lock user NAME password'), activity: 'lock', user: 1 },
  { form: form('^unlock user NAME password'), activity: 'unlock', user: 1 },
  { form: form('^change user NAME password'), activity: 'password_reset', user: 1 },
  { form: form('^password for NAME changed by NAME'), activity: 'password_change', user: 1, actor: 2 },
  { form: form('^change user NAME '), activity: 'update', user: 1 },
  { form: form('^changed user NAME '), activity: 'update', user: 1 },
  { form: form('^changed password expiry for NAME'), activity: 'update', user: 1 },
  { form: form('^change group NAME '), activity: 'update', group: 1 },
]

/** Who is behind root: the last command under sudo, if it called this very tool just now. */
function actorOf(entry: Entry, last: LastCommand | undefined): string {
  const { program, time } = entry
  if (last !== undefined && last.tool === program && Math.abs(time - last.time) <= BEHIND_MS) return last.actor
  return OWN.has(program) ? '' : 'root'
}

function changeOf(entry: Entry, { activity, user, group, actor, failed }: Form, found: RegExpExecArray): Event {
  const event = eventOf(entry, { class: 'account_change', activity, status: failed ? 'failure' : 'success' })
  if (user !== undefined) event.user = { name: found[user] as string }
  if (group !== undefined) event.resource = found[group] as string
  if (actor !== undefined) event.actor = { name: found[actor] as string }
  return event
}

/** An event of an account with who did it, where that is known. */
export function withActor(entry: Entry, event: Event, last: LastCommand | undefined): Event {
  const actor = event.actor?.name ?? actorOf(entry, last)
  return actor === '' ? event : { ...event, actor: { name: actor } }
}

export function parseAccount(entry: Entry, last: LastCommand | undefined): Parsed {
  for (const one of FORMS) {
    const found = one.form.exec(entry.message)
    if (found === null) continue
    // The group that useradd and userdel make and remove for the account alone is part of it.
    const own = one.user === undefined && (entry.program === 'useradd' || entry.program === 'userdel')
    return own ? absorbed(Absorbed.told) : told(withActor(entry, changeOf(entry, one, found), last))
  }
  return absorbed(Absorbed.told)
}
