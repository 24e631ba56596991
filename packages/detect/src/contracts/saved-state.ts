import type { Description } from './algorithm.ts'
import { HeedfulError } from './errors.ts'
import { type ParamTable, resolveParams, type SomeValues, type Values } from './params.ts'
import { clonePlain, type Plain } from './plain.ts'
import type { Column } from './rows.ts'

type Record = { readonly [key: string]: Plain }

/** A record of plain data, or an error that says what stands there instead. */
export function asRecord(owner: string, saved: Plain): Record {
  if (typeof saved === 'object' && saved !== null && Object.getPrototypeOf(saved) === Object.prototype)
    return saved as Record
  throw new HeedfulError(
    'model-foreign',
    `${owner}: what was given to load is no saved model; give what save() returned`,
  )
}

/** What was saved under a name of the same kind. */
export function checkOwner(owner: string, id: Plain | undefined): void {
  if (id === owner) return
  const what = typeof id === 'string' ? `a saved "${id}"` : 'no saved model'
  throw new HeedfulError('model-foreign', `${owner} cannot load ${what}; load it with the detector that saved it`)
}

function isColumn(value: Plain): value is Column {
  if (typeof value !== 'object' || value === null) return false
  const { name, type, categories } = value as Record
  if (typeof name !== 'string') return false
  if (type === 'number') return true
  return (
    type === 'category' && Array.isArray(categories) && categories.every((category) => typeof category === 'string')
  )
}

export function readColumns(owner: string, columns: Plain | undefined): readonly Column[] {
  if (Array.isArray(columns) && columns.every(isColumn)) return columns
  throw new HeedfulError('model-damaged', `${owner}: the saved columns are damaged; take an older copy`)
}

/** Parameters as saved; those that this version no longer has are dropped, new ones take their defaults. */
export function readParams<P extends ParamTable>(owner: string, table: P, saved: Plain | undefined): Values<P> {
  const known = Object.entries(asRecord(owner, saved ?? null)).filter(([name]) => Object.hasOwn(table, name))
  return resolveParams(owner, table, Object.fromEntries(known) as SomeValues<P>)
}

/** Brings a saved state from its version to this one, step by step. Error: `model-version`. */
export function upgradeState(
  { id, version, upgrade }: Pick<Description<ParamTable>, 'id' | 'version' | 'upgrade'>,
  from: Plain | undefined,
  state: Plain,
): Plain {
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1) {
    throw new HeedfulError('model-damaged', `${id}: the saved version is ${String(from)}; take an older copy`)
  }
  if (from > version) {
    throw new HeedfulError('model-version', `${id}: saved by version ${from}, this is ${version}; update, or fit again`)
  }
  let upgraded = state
  for (let at = from; at < version; at++) {
    const step = upgrade?.[at]
    if (!step) throw new HeedfulError('model-version', `${id}: version ${at} can no longer be read; fit again`)
    upgraded = step(upgraded)
  }
  return upgraded
}

/** Opens a state that came from outside: what an author's code cannot read is damage, not a crash. */
export function openState<T>(owner: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (error instanceof HeedfulError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new HeedfulError(
      'model-damaged',
      `${owner}: the saved state cannot be read (${why}); take an older copy, or fit again`,
    )
  }
}

/** Columns of a model of its own: nobody else's arrays. */
export function ownColumns(columns: readonly Column[]): readonly Column[] {
  return columns.map((column) =>
    column.type === 'number'
      ? { name: column.name, type: 'number' }
      : { name: column.name, type: 'category', categories: clonePlain(column.categories) },
  )
}
