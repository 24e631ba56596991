/** A preparer that keeps every promise, and for each promise one that breaks it. */
import { definePreparer } from '../contracts/define-preparer.ts'
import type { ParamTable } from '../contracts/params.ts'
import type { FittedPreparer, Preparation, Preparer } from '../contracts/preparation.ts'
import type { Column, Rows } from '../contracts/rows.ts'
import type { PreparationCheckName } from './preparation-checks.ts'

type State = { readonly first: Float64Array }

/** How the honest one may be spoiled: what it makes of the rows, what it saves. */
interface Spoilt {
  fit?(rows: Rows): State
  prepare?(rows: Rows, state: State): Float64Array
  save?(state: State): State
  share?: number
  over?: Partial<Preparation<ParamTable, State>>
}

/** The value less that of the first row, in columns of numbers, which may leave the range of numbers. */
function lessFirst({ data, columns }: Rows, { first }: State): Float64Array {
  const width = columns.length
  return data.map((value, i) => {
    return (columns[i % width] as Column).type === 'number' ? value - (first[i % width] as number) : value
  })
}

/** The same, held within it. */
const lessFirstHeld = (rows: Rows, state: State): Float64Array =>
  lessFirst(rows, state).map((value) => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value)))

function firstRow({ data, columns }: Rows): State {
  return { first: Float64Array.from(columns, (_, i) => data[i] || 0) }
}

function make({ fit = firstRow, prepare = lessFirstHeld, save, share = 1, over = {} }: Spoilt): Preparer {
  return definePreparer<ParamTable, State>({
    ...{ id: 'honest', version: 1, summary: 'Less the first row.', reference: 'Nobody, On First Rows, 2000' },
    ...{ params: {}, columns: 'any', missing: 'accepts', fit: (rows) => fit(rows) },
    open: (state, inputs) => ({
      columns: inputs,
      origins: inputs.map((_, column) => [{ column, share }]),
      prepare: (rows) => prepare(rows, state),
      save: () => (save ? save(state) : { first: state.first.slice() }),
    }),
    ...over,
  })
}

/** Around what `definePreparer` already sees to. */
function behind(preparer: Preparer, prepare: (fitted: FittedPreparer, rows: Rows) => Rows): Preparer {
  return {
    ...preparer,
    fit: (rows, options) => {
      const fitted = preparer.fit(rows, options)
      return { ...fitted, prepare: (given) => prepare(fitted, given) }
    },
  }
}

export const honestPreparer = make({})

let fits = 0

export const preparationTwins: { readonly [K in PreparationCheckName]: readonly Preparer[] } = {
  'saved-and-loaded-prepares-the-same': [
    make({ save: ({ first }) => ({ first: first.map(Math.fround).fill(0, 0, 1) }) }),
    make({ save: ({ first }) => ({ first: first.map((value) => value + 1e-9) }) }),
  ],
  'preparing-does-not-learn': [
    make({
      prepare(rows, state) {
        state.first[0] = (state.first[0] as number) + 1
        return lessFirst(rows, state)
      },
    }),
  ],
  'the-seed-decides-everything': [make({ fit: (rows) => ({ first: firstRow(rows).first.fill(++fits, 0, 1) }) })],
  'rows-do-not-depend-on-rows-beside-them': [
    make({ prepare: (rows, state) => lessFirst(rows, state).map((value) => value / rows.count) }),
    make({ prepare: (rows) => lessFirst(rows, firstRow(rows)) }),
  ],
  'columns-by-name': [
    behind(honestPreparer, (fitted, rows) => {
      const prepared = fitted.prepare(rows)
      const asFitted = rows.columns[0]?.name === fitted.inputs[0]?.name
      return asFitted ? prepared : { ...prepared, data: prepared.data.slice().reverse() }
    }),
  ],
  'input-arrays-stay-whole': [
    make({
      prepare(rows, state) {
        const prepared = lessFirst(rows, state)
        rows.data[0] = 7
        return prepared
      },
    }),
  ],
  'origins-name-input-columns': [make({ share: 0.5 }), make({ share: -1 })],
  'missing-values-as-declared': [
    make({ over: { fillsMissing: true } }),
    { ...honestPreparer, missing: 'rejects' },
    make({ prepare: (rows, state) => lessFirst(rows, state).map((value) => (value === 0 ? Number.NaN : value)) }),
    make({ prepare: (rows, state) => lessFirst(rows, state).map((value) => value || 0) }),
  ],
  'values-are-finite': [
    make({ prepare: (rows, state) => lessFirst(rows, state).map((value) => 1 / (value / 1e9)) }),
    make({ prepare: ({ data }) => data.map((value) => value * value * value * value) }),
    make({ prepare: lessFirst }),
  ],
  'cites-its-source': [make({ over: { reference: 'my own idea' } })],
}
