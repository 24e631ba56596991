/** What is said beside the rows when something is fitted. */
import { HeedfulError } from './errors.ts'
import { nearestName } from './nearest-name.ts'
import type { ParamTable } from './params.ts'
import type { Rows } from './rows.ts'

const OPTIONS = ['params', 'seed', 'lesson', 'job']
const LESSON = ['labels', 'weights']

function wayOut(name: string, params: ParamTable): string {
  if (LESSON.includes(name)) return `did you mean lesson.${name}?`
  if (Object.hasOwn(params, name)) return `did you mean params.${name}?`
  const near = nearestName(name, OPTIONS)
  return near === undefined ? `there are ${OPTIONS.join(', ')}` : `did you mean "${near}"?`
}

/** What is misspelt would be passed over silently where no types are checked. Error: `option-unknown`. */
export function checkOptions(owner: string, params: ParamTable, options: object): void {
  const refuse = (name: string, way: string) => {
    throw new HeedfulError('option-unknown', `${owner}: a fit has no option "${name}"; ${way}`)
  }
  for (const name of Object.keys(options)) if (!OPTIONS.includes(name)) refuse(name, wayOut(name, params))
  const { lesson = {} } = options as { lesson?: object }
  for (const name of Object.keys(lesson))
    if (!LESSON.includes(name)) refuse(`lesson.${name}`, `there are ${LESSON.map((one) => `lesson.${one}`).join(', ')}`)
}

/** Tells rows from what only looks like rows, such as lists of lists. Error: `rows-shape`. */
export function checkIsRows(owner: string, rows: Rows): void {
  const { columns, data } = (rows ?? {}) as Partial<Rows>
  if (Array.isArray(columns) && data instanceof Float64Array) return
  const what = 'rows are { columns, count, data } with a Float64Array of data'
  throw new HeedfulError('rows-shape', `${owner}: ${what}; numberRows(names, data) makes them`)
}
