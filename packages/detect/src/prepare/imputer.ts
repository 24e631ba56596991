import { definePreparer } from '../contracts/define-preparer.ts'
import { choice, flag, real } from '../contracts/params.ts'
import type { LivePreparation } from '../contracts/preparation.ts'
import type { Column, Rows } from '../contracts/rows.ts'
import { median } from '../numerics/median.ts'
import { categoryCounts, columnValues, freshName } from './column-values.ts'

const PARAMS = {
  strategy: choice(
    'median',
    ['median', 'most-frequent', 'constant'],
    'median: of numbers, for categories the most frequent; constant: for categories "unseen"',
  ),
  constant: real(0, -1e300, 1e300, 'what stands for a missing number under strategy constant'),
  indicator: flag(false, 'adds a column of 0 and 1 for each column that had missing values when fitted'),
}

type Strategy = 'median' | 'most-frequent' | 'constant'
type State = {
  /** One a column. */
  fill: Float64Array
  /** Columns that get an indicator. */
  indicated: Int32Array
}

/**
 * Puts the column's ordinary value where one is missing. That a value is missing may itself be strange: the indicator
 * keeps it visible. A column without any value is filled with 0, or "unseen".
 *
 * @example `prepared(imputer, detector)`
 */
export const imputer = definePreparer<typeof PARAMS, State>({
  id: 'imputer',
  version: 1,
  summary: 'Fills in missing values.',
  reference:
    'Little and Rubin, Statistical Analysis with Missing Data (3rd), section 4.2; scikit-learn 1.9, SimpleImputer',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fillsMissing: true,
  fit(rows, _lesson, { strategy, constant, indicator }) {
    const fill = Float64Array.from(rows.columns, (_, i) => ordinary(rows, i, strategy, constant))
    const lacking = rows.columns.map((_, i) => i).filter((i) => columnValues(rows, i).length < rows.count)
    return { fill, indicated: Int32Array.from(indicator ? lacking : []) }
  },
  open: openImputer,
})

function ordinary(rows: Rows, column: number, strategy: Strategy, constant: number): number {
  const described = rows.columns[column]!
  if (described.type === 'category') {
    const unseen = described.categories.length
    return strategy === 'constant' ? unseen : mostFrequentCategory(categoryCounts(rows, column, unseen))
  }
  const values = columnValues(rows, column)
  if (strategy === 'constant') return constant
  if (values.length === 0) return 0
  return strategy === 'median' ? median(values) : mostFrequentNumber(values.sort())
}

/** The first of the most frequent; "unseen" (the last) where nothing occurred. */
function mostFrequentCategory(counts: Float64Array): number {
  let best = counts.length - 1
  for (let i = counts.length - 2; i >= 0; i--) if (counts[i]! > 0 && counts[i]! >= counts[best]!) best = i
  return best
}

/** The smallest of the most frequent values, as scikit-learn has it. */
function mostFrequentNumber(sorted: Float64Array): number {
  let [best, longest, start] = [sorted[0]!, 0, 0]
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue
    if (i - start > longest) [best, longest] = [sorted[start]!, i - start]
    start = i
  }
  return best
}

function openImputer(state: State, inputs: readonly Column[]): LivePreparation<State> {
  const { fill, indicated } = state
  const taken = new Set(inputs.map(({ name }) => name))
  const indicators = Array.from(indicated, (column): Column => {
    return { name: freshName(taken, `${inputs[column]!.name} missing`), type: 'number' }
  })
  const sources = [...inputs.keys(), ...indicated]
  return {
    columns: [...inputs, ...indicators],
    origins: sources.map((column) => [{ column, share: 1 }]),
    prepare: ({ data, count }) => fillIn(data, count, fill, indicated),
    save: () => ({ fill: fill.slice(), indicated: indicated.slice() }),
  }
}

function fillIn(data: Float64Array, count: number, fill: Float64Array, indicated: Int32Array): Float64Array {
  const width = fill.length
  const wide = width + indicated.length
  const filled = new Float64Array(count * wide)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < width; column++) {
      const value = data[row * width + column]!
      filled[row * wide + column] = Number.isNaN(value) ? fill[column]! : value
    }
    for (let i = 0; i < indicated.length; i++) {
      filled[row * wide + width + i] = Number.isNaN(data[row * width + indicated[i]!]) ? 1 : 0
    }
  }
  return filled
}
