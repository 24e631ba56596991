/** Promises that every preparer keeps: the sentences, and what is tried to find one broken. */
import type { Lesson } from '../contracts/algorithm.ts'
import { decode, encode } from '../contracts/codec.ts'
import { HeedfulError } from '../contracts/errors.ts'
import type { FittedPreparer, Preparer } from '../contracts/preparation.ts'
import { type Column, pickRows, type Rows } from '../contracts/rows.ts'
import { must, mustBeSame, mustEqual } from './expect.ts'
import { preparationScenario } from './preparation-scenario.ts'

export type PreparationCheckName =
  | 'saved-and-loaded-prepares-the-same'
  | 'preparing-does-not-learn'
  | 'the-seed-decides-everything'
  | 'rows-do-not-depend-on-rows-beside-them'
  | 'columns-by-name'
  | 'input-arrays-stay-whole'
  | 'origins-name-input-columns'
  | 'missing-values-as-declared'
  | 'values-are-finite'
  | 'cites-its-source'

interface Trial {
  readonly preparer: Preparer
  /** With missing values, where it accepts them. */
  readonly rows: Rows
  /** Without. */
  readonly whole: Rows
  readonly lesson: Lesson
  fit(): FittedPreparer
}

interface PreparationCheck {
  readonly promise: string
  run(trial: Trial): void
}

const bytesOf = (fitted: FittedPreparer): Uint8Array => encode(fitted.save())

/** The same rows, their columns and dictionaries the other way round, and one column more. */
function disguised({ columns, count, data }: Rows): Rows {
  const width = columns.length
  const turned = [...columns].reverse().map((column): Column => {
    return column.type === 'number' ? column : { ...column, categories: [...column.categories].reverse() }
  })
  const wide = new Float64Array(count * (width + 1))
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < width; j++) {
      const column = columns[j] as Column
      const value = data[row * width + j] as number
      const last = column.type === 'category' ? column.categories.length - 1 : 0
      wide[row * (width + 1) + width - j] = column.type === 'number' || value > last ? value : last - value
    }
  }
  return { columns: [{ name: 'spare', type: 'number' }, ...turned], count, data: wide }
}

/** Rows that no one was fitted on: huge, tiny, and of categories never seen. */
function oddRows(columns: readonly Column[]): Rows {
  const numbers = [0, 1e100, -1e100, 1e-300, Number.MAX_VALUE, -Number.MAX_VALUE]
  const data = numbers.flatMap((value) =>
    columns.map((column) => (column.type === 'number' ? value : column.categories.length)),
  )
  return { columns, count: numbers.length, data: Float64Array.from(data) }
}

/** The largest numbers, of both signs, in the place of all numbers. */
function hugeRows(rows: Rows): Rows {
  const width = rows.columns.length
  const most = (value: number) => (value < 0 ? -Number.MAX_VALUE : Number.MAX_VALUE)
  return {
    ...rows,
    data: rows.data.map((value, i) => (rows.columns[i % width]?.type === 'number' ? most(value) : value)),
  }
}

function refusesMissing(preparer: Preparer, { rows, whole, lesson }: Trial): boolean {
  try {
    preparer.fit({ ...whole, data: whole.data.map((value, i) => (i === 0 ? Number.NaN : value)) }, { lesson })
    return false
  } catch (error) {
    return error instanceof HeedfulError && error.code === 'value-missing' && rows.count > 0
  }
}

function mustNotBeInfinite(values: Float64Array, what: string): void {
  const at = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY)
  must(at < 0, () => `${what}: value ${at} is ${values[at]}`)
}

export const preparationChecks: { readonly [K in PreparationCheckName]: PreparationCheck } = {
  'saved-and-loaded-prepares-the-same': {
    promise: 'Saved and loaded it prepares the same, and saves the same again.',
    run({ preparer, rows, fit }) {
      const fitted = fit()
      const bytes = bytesOf(fitted)
      const loaded = preparer.load(decode(bytes))
      mustEqual(loaded.prepare(rows).data, fitted.prepare(rows).data, 'loaded')
      mustBeSame(bytesOf(loaded), bytes, 'saved again')
      must(encodedColumns(loaded) === encodedColumns(fitted), () => 'loaded: other columns come out')
    },
  },
  'preparing-does-not-learn': {
    promise: 'Preparing rows changes nothing in it.',
    run({ rows, fit }) {
      const fitted = fit()
      const before = bytesOf(fitted)
      const first = fitted.prepare(rows).data
      mustEqual(fitted.prepare(rows).data, first, 'the second time')
      mustBeSame(bytesOf(fitted), before, 'after preparing')
    },
  },
  'the-seed-decides-everything': {
    promise: 'The same rows and seed give the same.',
    run: ({ fit }) => mustBeSame(bytesOf(fit()), bytesOf(fit()), 'fitted again'),
  },
  'rows-do-not-depend-on-rows-beside-them': {
    promise: 'What a row becomes does not depend on the rows beside it.',
    run({ rows, fit }) {
      const fitted = fit()
      const { data, columns } = fitted.prepare(rows)
      const wide = columns.length
      const backwards = Int32Array.from({ length: rows.count }, (_, row) => rows.count - 1 - row)
      const turned = fitted.prepare(pickRows(rows, backwards)).data
      for (let row = 0; row < rows.count; row++) {
        const own = data.slice(row * wide, (row + 1) * wide)
        mustEqual(fitted.prepare(pickRows(rows, [row])).data, own, `row ${row} alone`)
        const at = (rows.count - 1 - row) * wide
        mustEqual(turned.slice(at, at + wide), own, `row ${row} in the opposite order`)
      }
    },
  },
  'columns-by-name': {
    promise: 'Columns are found by name, categories by theirs.',
    run({ rows, fit }) {
      const fitted = fit()
      mustEqual(fitted.prepare(disguised(rows)).data, fitted.prepare(rows).data, 'in another order')
    },
  },
  'input-arrays-stay-whole': {
    promise: 'It never writes into the rows that it is given.',
    run({ rows, fit }) {
      const before = rows.data.slice()
      fit().prepare(rows)
      mustEqual(rows.data, before, 'after fitting and preparing')
    },
  },
  'origins-name-input-columns': {
    promise: 'Each column that comes out names the columns that it is made of, by shares that sum to 1.',
    run({ fit }) {
      const { origins, columns, inputs } = fit()
      must(origins.length === columns.length, () => `${origins.length} origins for ${columns.length} columns`)
      must(new Set(columns.map(({ name }) => name)).size === columns.length, () => 'two columns have the same name')
      for (const [i, from] of origins.entries()) {
        const sum = from.reduce((total, { share }) => total + share, 0)
        must(Math.abs(sum - 1) < 1e-9, () => `the shares of column ${i} sum to ${sum}`)
        const sound = from.every(({ column, share }) => share >= 0 && Object.hasOwn(inputs, column))
        must(sound, () => `column ${i} has an origin that does not exist, or a share below 0`)
      }
    },
  },
  'missing-values-as-declared': {
    promise: 'Missing values are rejected, filled in, or left missing, as it declares.',
    run(trial) {
      const { preparer, rows, whole, fit } = trial
      const has = (found: Rows) => found.data.some((value) => Number.isNaN(value))
      if (preparer.missing === 'rejects') {
        must(refusesMissing(preparer, trial), () => 'it takes a missing value, or refuses it by another name')
        return
      }
      const fitted = fit()
      must(!has(fitted.prepare(whole)), () => 'a missing value comes out where none went in')
      const empty = { ...rows, data: rows.data.map(() => Number.NaN) }
      must(has(fitted.prepare(empty)) !== preparer.fillsMissing, () => 'rows of missing values: not as declared')
      must(!(preparer.fillsMissing && has(fitted.prepare(rows))), () => 'it fills in, but not everything')
    },
  },
  'values-are-finite': {
    promise: 'Nothing becomes infinite: not a constant column, nor what was never seen.',
    run({ preparer, whole, lesson, fit }) {
      mustNotBeInfinite(fit().prepare(oddRows(whole.columns)).data, 'odd rows')
      const constant = { ...whole, data: whole.data.map((_, i) => whole.data[i % whole.columns.length] as number) }
      const fitted = preparer.fit(constant, { lesson })
      mustNotBeInfinite(fitted.prepare(constant).data, 'constant columns')
      mustNotBeInfinite(fitted.prepare(whole).data, 'after constant columns')
      const huge = hugeRows(whole)
      const taught = preparer.fit(huge, { lesson })
      for (const rows of [huge, whole, oddRows(whole.columns)])
        mustNotBeInfinite(taught.prepare(rows).data, 'after columns whose differences are no numbers')
    },
  },
  'cites-its-source': {
    promise: 'It names its source: a work and its year, edition or version.',
    run: ({ preparer: { reference } }) =>
      must(reference.length > 20 && /\d/.test(reference), () => `"${reference}" names none`),
  },
}

const encodedColumns = ({ columns }: FittedPreparer): string => encode(columns).join()

export const preparationCheckNames = Object.keys(preparationChecks) as readonly PreparationCheckName[]

/** Throws where a promise is broken: `promise-broken`, or what went wrong on the way. */
export function tryPreparation(preparer: Preparer, name: PreparationCheckName): void {
  const { rows, whole, lesson } = preparationScenario(preparer)
  const fit = () => preparer.fit(rows, { lesson, seed: 1 })
  preparationChecks[name].run({ preparer, rows, whole, lesson, fit })
}
