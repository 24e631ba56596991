import { HeedfulError } from './errors.ts'
import { nearestName } from './nearest-name.ts'
import type { Column, Rows } from './rows.ts'

/** Where each fitted column is found in rows of another make; `dictionary` translates category numbers where it is given. */
type Source = { readonly from: number; readonly dictionary: Float64Array | undefined }

export interface Reading {
  /** Who asks, in messages: `isolation-forest`. */
  readonly owner: string
  readonly columns: readonly Column[]
  readonly missing: 'accepts' | 'rejects'
  /** Series and sequences: time may not fall within a group. */
  readonly ordered: boolean
}

/**
 * Reads rows by the names of their columns: the answer has exactly the fitted columns, in their order, with the fitted
 * dictionaries, and only sound values. Rows that are so already are passed on without a copy.
 * Errors: `rows-shape`, `column-missing`, `column-repeated`, `column-type`, `category-invalid`, `value-missing`, `value-not-finite`.
 */
export function createAligner(reading: Reading): (rows: Rows) => Rows {
  let seen: readonly Column[] | undefined
  let sources: readonly Source[] | undefined
  return (rows) => {
    checkShape(reading.owner, rows)
    if (rows.columns !== seen) {
      sources = findSources(reading, rows.columns)
      seen = rows.columns
    }
    checkValues(reading, rows, sources)
    if (reading.ordered) checkOrder(reading.owner, rows)
    return sources ? project(rows, reading.columns, sources) : { ...rows, columns: reading.columns }
  }
}

function checkShape(owner: string, { columns, count, data, time, group }: Rows): void {
  const expected = count * columns.length
  if (!Number.isInteger(count) || count < 0 || data.length !== expected) {
    const got = `${count} rows of ${columns.length} columns need ${expected} values, but data has ${data.length}`
    throw new HeedfulError('rows-shape', `${owner}: ${got}`)
  }
  for (const [name, values] of [['time', time] as const, ['group', group] as const]) {
    if (values && values.length !== count) {
      throw new HeedfulError(
        'rows-shape',
        `${owner}: ${name} has ${values.length} values for ${count} rows; give one a row`,
      )
    }
  }
}

/** undefined: the columns are the fitted ones already. */
function findSources({ owner, columns }: Reading, given: readonly Column[]): Source[] | undefined {
  const places = new Map<string, number>()
  for (const [place, { name }] of given.entries()) {
    if (places.has(name))
      throw new HeedfulError('column-repeated', `${owner}: two columns are called "${name}"; rename one`)
    places.set(name, place)
  }
  const sources = columns.map((column) => findSource(owner, column, given, places))
  const same = given.length === columns.length && sources.every(({ from, dictionary }, i) => from === i && !dictionary)
  return same ? undefined : sources
}

function findSource(
  owner: string,
  column: Column,
  given: readonly Column[],
  places: ReadonlyMap<string, number>,
): Source {
  const from = places.get(column.name)
  if (from === undefined) {
    const near = nearestName(column.name, [...places.keys()])
    const way = near ? `did you mean "${near}"?` : 'add it, or fit again without it'
    throw new HeedfulError('column-missing', `${owner}: column "${column.name}" is missing; ${way}`)
  }
  const found = given[from] as Column
  if (found.type !== column.type) {
    const was = `column "${column.name}" is of type ${found.type}, but the model was fitted with type ${column.type}`
    throw new HeedfulError('column-type', `${owner}: ${was}; give it as before, or fit again`)
  }
  return { from, dictionary: translation(found, column) }
}

/** For each category number of the rows the model's; unknown ones become "unseen". undefined: they agree already. */
function translation(given: Column, fitted: Column): Float64Array | undefined {
  if (given.type !== 'category' || fitted.type !== 'category' || given.categories === fitted.categories)
    return undefined
  const { categories } = fitted
  if (given.categories.length === categories.length && given.categories.every((name, i) => name === categories[i]))
    return undefined
  const numbers = new Map(categories.map((name, number) => [name, number]))
  const unseen = categories.length
  return Float64Array.from([...given.categories.map((name) => numbers.get(name) ?? unseen), unseen])
}

function project(rows: Rows, columns: readonly Column[], sources: readonly Source[]): Rows {
  const width = columns.length
  const stride = rows.columns.length
  const data = new Float64Array(rows.count * width)
  for (const [to, { from, dictionary }] of sources.entries()) {
    for (let row = 0; row < rows.count; row++) {
      const value = rows.data[row * stride + from] as number
      data[row * width + to] = dictionary ? (dictionary[value] ?? Number.NaN) : value
    }
  }
  return { ...rows, columns, data }
}

/** Checks the values that will be read, in their place in the rows as given. */
function checkValues(reading: Reading, rows: Rows, sources: readonly Source[] | undefined): void {
  if (reading.columns.every(({ type }) => type === 'number') && allFinite(rows.data)) return
  for (let i = 0; i < reading.columns.length; i++) {
    const place = sources ? (sources[i] as Source).from : i
    const column = rows.columns[place] as Column
    if (column.type === 'category') checkCategories(reading, rows, place, column.categories.length)
    else checkNumbers(reading, rows, place)
  }
}

/** One pass in the order of memory, without a branch a value: x − x is 0 for finite numbers, NaN for all else. */
function allFinite(data: Float64Array): boolean {
  let even = 0
  let odd = 0
  for (let i = 1; i < data.length; i += 2) {
    const a = data[i - 1] as number
    const b = data[i] as number
    even += a - a
    odd += b - b
  }
  const last = data.length === 0 ? 0 : (data[data.length - 1] as number)
  return even + odd + (last - last) === 0
}

function checkNumbers(reading: Reading, rows: Rows, place: number): void {
  const { data } = rows
  const width = rows.columns.length
  for (let i = place; i < data.length; i += width) {
    if (!Number.isFinite(data[i])) checkOddValue(reading, rows, i)
  }
}

/** `row 3, column "bytes"` of the value at `i`. */
function placeOf(owner: string, { columns }: Rows, i: number): string {
  const width = columns.length
  return `${owner}: row ${Math.floor(i / width)}, column "${columns[i % width]?.name}"`
}

function checkOddValue({ owner, missing }: Reading, rows: Rows, i: number): void {
  const value = rows.data[i] as number
  if (!Number.isNaN(value)) {
    const way = 'give a finite number, or NaN for missing'
    throw new HeedfulError('value-not-finite', `${placeOf(owner, rows, i)} is ${value}; ${way}`)
  }
  if (missing === 'rejects') {
    const way = 'this detector rejects missing values (choose one that accepts them, or add an imputer)'
    throw new HeedfulError('value-missing', `${placeOf(owner, rows, i)} is NaN; ${way}`)
  }
}

function checkCategories(reading: Reading, rows: Rows, place: number, unseen: number): void {
  const width = rows.columns.length
  for (let i = place; i < rows.data.length; i += width) {
    const value = rows.data[i] as number
    if (Number.isInteger(value) && value >= 0 && value <= unseen) continue
    if (Number.isNaN(value)) checkOddValue(reading, rows, i)
    else {
      const range = `a category's number below ${unseen}, or ${unseen} for unseen`
      throw new HeedfulError('category-invalid', `${placeOf(reading.owner, rows, i)} is ${value}; give ${range}`)
    }
  }
}

function checkOrder(owner: string, { time, group, count }: Rows): void {
  if (!time) return
  const last = new Map<number, number>()
  for (let row = 0; row < count; row++) {
    const whose = group ? (group[row] as number) : 0
    const now = time[row] as number
    const before = last.get(whose) ?? Number.NEGATIVE_INFINITY
    if (!(now >= before) || !Number.isFinite(now)) {
      throw new HeedfulError(
        'rows-shape',
        `${owner}: row ${row} has time ${now} after ${before}; sort each group's rows by time`,
      )
    }
    last.set(whose, now)
  }
}
