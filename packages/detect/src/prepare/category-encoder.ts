import { definePreparer } from '../contracts/define-preparer.ts'
import { choice, int } from '../contracts/params.ts'
import type { LivePreparation, Origin } from '../contracts/preparation.ts'
import type { Column, Rows } from '../contracts/rows.ts'
import { categoryCounts, freshName } from './column-values.ts'

const PARAMS = {
  encoding: choice(
    'rarity',
    ['rarity', 'one-hot'],
    'one number, −ln of how frequent; or a column of 0 and 1 a category',
  ),
  most: int(30, 1, 10_000, 'one-hot: most categories with a column of their own; the rest share one'),
}

/** For each input column, what each category (the last place: "unseen") becomes; empty for number columns. */
type State = {
  encoding: 'rarity' | 'one-hot'
  /** rarity: −ln frequency by category. one-hot: the place of the category's column among those of its column. */
  codes: readonly Float64Array[]
}

/**
 * Makes numbers of categories, for detectors that read only numbers. An unseen category is rarer than any that was seen
 * (rarity), or belongs to the column "other" (one-hot), which is all 0 while fitting if every category has its own. A
 * forest splits only between values that it was fitted on: under rarity an unseen category falls with the rarest one seen,
 * under one-hot with any. Numbers pass through; missing stays missing (one-hot: in each column of the category).
 *
 * @example `prepared(categoryEncoder, isolationForest)`
 */
export const categoryEncoder = definePreparer<typeof PARAMS, State>({
  id: 'category-encoder',
  version: 1,
  summary: 'Turns categories into numbers, with a place for unseen ones.',
  reference: 'Rule of succession: Jeffreys, Theory of Probability (3rd), section 3.2',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fit: (rows, _lesson, { encoding, most }) => ({
    encoding,
    codes: rows.columns.map((column, i) => codesOf(rows, column, i, encoding, most)),
  }),
  open: (state, inputs) => (state.encoding === 'rarity' ? openRarity(state, inputs) : openOneHot(state, inputs)),
})

function codesOf(rows: Rows, column: Column, index: number, encoding: State['encoding'], most: number): Float64Array {
  if (column.type !== 'category') return new Float64Array(0)
  const counts = categoryCounts(rows, index, column.categories.length)
  return encoding === 'rarity' ? rarities(counts) : places(counts, most)
}

/** −ln((count + 1) / (all + categories + 1)): what never occurred is possible too. */
function rarities(counts: Float64Array): Float64Array {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => -Math.log((count + 1) / (all + counts.length)))
}

/** 0, 1, 2 … for the most frequent categories in the order of the dictionary; the place after them for all others. */
function places(counts: Float64Array, most: number): Float64Array {
  const seen = [...counts.keys()].slice(0, -1).filter((category) => counts[category]! > 0)
  const own = seen.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most)
  const codes = new Float64Array(counts.length).fill(own.length)
  for (const [place, category] of own.sort((a, b) => a - b).entries()) codes[category] = place
  return codes
}

function copyOf({ encoding, codes }: State): State {
  return { encoding, codes: codes.map((one) => one.slice()) }
}

function openRarity(state: State, inputs: readonly Column[]): LivePreparation<State> {
  const width = inputs.length
  return {
    columns: inputs.map(({ name }) => ({ name, type: 'number' })),
    origins: inputs.map((_, column) => [{ column, share: 1 }]),
    prepare: ({ data }) =>
      data.map((value, i) => {
        const codes = state.codes[i % width]!
        return codes.length === 0 || Number.isNaN(value) ? value : codes[value]!
      }),
    save: () => copyOf(state),
  }
}

function openOneHot(state: State, inputs: readonly Column[]): LivePreparation<State> {
  const taken = new Set<string>()
  const columns: Column[] = []
  const origins: (readonly Origin[])[] = []
  const starts = inputs.map((input, column) => {
    const start = columns.length
    for (const name of namesOf(input, state.codes[column]!)) {
      columns.push({ name: freshName(taken, name), type: 'number' })
      origins.push([{ column, share: 1 }])
    }
    return start
  })
  return {
    columns,
    origins,
    prepare: ({ data, count }) => spread(data, count, state.codes, [...starts, columns.length]),
    save: () => copyOf(state),
  }
}

/** The columns that one input column becomes. */
function namesOf(input: Column, codes: Float64Array): string[] {
  if (input.type !== 'category') return [input.name]
  const other = codes[codes.length - 1]!
  const own = input.categories.filter((_, category) => codes[category]! < other)
  return [...own.map((category) => `${input.name} = ${category}`), `${input.name} = other`]
}

function spread(data: Float64Array, count: number, codes: readonly Float64Array[], starts: number[]): Float64Array {
  const width = codes.length
  const wide = starts[width]!
  const out = new Float64Array(count * wide)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < width; column++) {
      const value = data[row * width + column]!
      const at = row * wide + starts[column]!
      if (codes[column]!.length === 0) out[at] = value
      else if (Number.isNaN(value)) out.fill(value, at, row * wide + starts[column + 1]!)
      else out[at + codes[column]![value]!] = 1
    }
  }
  return out
}
