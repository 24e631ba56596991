/** What is wrong with a mapping: at which key, and the way out. */
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import { SourceError } from '../source-error.ts'

/** Keys from the outermost in, as a person reads them in the file; numbers count the entries of a list from 0. */
export type KeyPath = readonly (string | number)[]

export class MappingError extends SourceError {
  readonly path: KeyPath
  readonly said: string

  constructor(path: KeyPath, said: string) {
    super('mapping_invalid', path.length === 0 ? said : `${nameOf(path)}: ${said}`)
    this.name = 'MappingError'
    this.path = path
    this.said = said
  }
}

/** `fields.user.name`, `rules[2].when`. */
export const nameOf = (path: KeyPath): string =>
  path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${key.slice(0, 80)}`)).join('')

/** `there is no … "nmae"; did you mean name?` or the list of all, as far as it is short. */
export function unknownName(what: string, given: string, known: readonly string[]): string {
  const near = nearestName(given, known)
  const shown = known.length <= 40 ? known.join(', ') : `${known.slice(0, 40).join(', ')} and ${known.length - 40} more`
  const hint = near === undefined ? `known are: ${shown}` : `did you mean "${near}"?`
  return `there is no ${what} "${given.slice(0, 80)}"; ${hint}`
}
