import { HeedfulError } from './errors.ts'
import type { ParamTable } from './params.ts'

/** What is composed: its parameters appear as `member.name` in the table of the whole. */
export interface Member {
  readonly id: string
  readonly params: ParamTable
}

/** A parameter of a member of a member is named already. */
const nameIn = (member: Member, name: string): string => (name.includes('.') ? name : `${member.id}.${name}`)

/** One table of the whole. Error: `detector-invalid` where two members are of one name. */
export function joinParams(own: ParamTable, members: readonly Member[]): ParamTable {
  const entries = [...Object.entries(own)]
  for (const member of members) {
    for (const [name, param] of Object.entries(member.params)) entries.push([nameIn(member, name), param])
  }
  const joined = Object.fromEntries(entries)
  if (Object.keys(joined).length === entries.length) return joined
  const ids = members.map(({ id }) => id).join(', ')
  throw new HeedfulError(
    'detector-invalid',
    `two members of ${ids} have the same parameter names; a member may stand once`,
  )
}

/** The values of one member, under its own names. */
export function memberValues<V>(member: Member, values: { readonly [name: string]: V }): { [name: string]: V } {
  const names = Object.keys(member.params)
  return Object.fromEntries(names.map((name) => [name, values[nameIn(member, name)] as V]))
}
