/** What each column of a table is for. */
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import { CommandError } from '../errors.ts'

/** `feature`: read by the detector; `unread`: passed over. */
export type Role = 'feature' | 'label' | 'time' | 'group' | 'unread'

/** Columns that are named on the command line, by their options. */
export interface NamedColumns {
  readonly label?: string | undefined
  readonly time?: string | undefined
  readonly group?: string | undefined
  /** Columns to pass over. */
  readonly without?: readonly string[] | undefined
}

/** Names shown of a table that has many. */
const SHOWN = 12

/** The place of a column. Throws `column-unknown`, with the nearest name. */
export function placeOf(file: string, names: readonly string[], wanted: string, option: string): number {
  const place = names.indexOf(wanted)
  if (place >= 0) return place
  const near = nearestName(wanted, names)
  const some = names.slice(0, SHOWN).join(', ')
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  const wayOut = near === undefined ? `its columns are ${some}${more}` : `did you mean ${option} "${near}"?`
  throw new CommandError('column-unknown', `${file} has no column "${wanted}" (${option})`, wayOut)
}

/** One role a column. Throws `column-unknown`, and `usage-invalid` where one column is named twice or none is left. */
export function assignRoles(file: string, names: readonly string[], named: NamedColumns): Role[] {
  const roles = new Array<Role>(names.length).fill('feature')
  const give = (wanted: string, role: Role, option: string) => {
    const place = placeOf(file, names, wanted, option)
    if (roles[place] !== 'feature') {
      const what = `column "${wanted}" is named twice, the second time by ${option}`
      throw new CommandError('usage-invalid', what, 'name it once')
    }
    roles[place] = role
  }
  for (const role of ['label', 'time', 'group'] as const) {
    const wanted = named[role]
    if (wanted !== undefined) give(wanted, role, `--${role}`)
  }
  for (const wanted of named.without ?? []) give(wanted, 'unread', '--without')
  if (!roles.includes('feature'))
    throw new CommandError('table-invalid', `${file} has no column left to look at`, 'name fewer columns')
  return roles
}
