import { definePreparer } from '../contracts/define-preparer.ts'
import { choice, int } from '../contracts/params.ts'
import type { Column, Rows } from '../contracts/rows.ts'
import { type Block, openBlocks } from './blocks.ts'
import { categoryCounts } from './column-values.ts'

type Encoding = 'rarity' | 'frequency' | 'one-hot'

const PARAMS = {
  encoding: choice(
    'rarity',
    ['rarity', 'frequency', 'one-hot'],
    'one number, −ln of how frequent, or the frequency itself; or a column of 0 and 1 a category',
  ),
  most: int(30, 1, 10_000, 'one-hot: most categories with a column of their own; the rest share one'),
}

/** For each input column, what each category (the last place: "unseen") becomes; empty for number columns. */
type State = {
  readonly encoding: Encoding
  /** rarity, frequency: by category. one-hot: the place of the category's column among those of its column. */
  readonly codes: readonly Float64Array[]
}

/**
 * Makes numbers of categories, for detectors that read only numbers. An unseen category is rarer than any that was seen
 * (rarity), never occurs (frequency: 0), or belongs to the column "other" (one-hot), which is all 0 while fitting if every
 * category has its own. A forest splits only between values that it was fitted on: under rarity and frequency an unseen
 * category falls with the rarest one seen, under one-hot with any. Numbers pass through; missing stays missing (one-hot: in
 * each column of the category).
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
  open: ({ encoding, codes }, inputs) => {
    const blocks = inputs.map((input, column) => {
      if (input.type === 'number') return undefined
      return encoding === 'one-hot'
        ? oneHot(input.name, input.categories, codes[column]!)
        : single(input, codes[column]!)
    })
    return openBlocks(inputs, blocks, () => ({ encoding, codes: codes.map((one) => one.slice()) }))
  },
})

function codesOf(rows: Rows, column: Column, index: number, encoding: Encoding, most: number): Float64Array {
  if (column.type !== 'category') return new Float64Array(0)
  const counts = categoryCounts(rows, index, column.categories.length)
  switch (encoding) {
    case 'rarity':
      return rarities(counts)
    case 'frequency':
      return frequencies(counts)
    case 'one-hot':
      return places(counts, most)
    default:
      return encoding satisfies never
  }
}

const sumOf = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0)

/** −ln((count + 1) / (all + categories + 1)): what never occurred is possible too. */
function rarities(counts: Float64Array): Float64Array {
  const all = sumOf(counts)
  return counts.map((count) => -Math.log((count + 1) / (all + counts.length)))
}

/** count / all; 0 where nothing occurred. */
function frequencies(counts: Float64Array): Float64Array {
  const all = Math.max(1, sumOf(counts))
  return counts.map((count) => count / all)
}

/** 0, 1, 2 … for the most frequent categories in the order of the dictionary; the place after them for all others. */
function places(counts: Float64Array, most: number): Float64Array {
  const seen = [...counts.keys()].slice(0, -1).filter((category) => counts[category]! > 0)
  const own = seen.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most)
  const codes = new Float64Array(counts.length).fill(own.length)
  for (const [place, category] of own.sort((a, b) => a - b).entries()) codes[category] = place
  return codes
}

function single({ name }: Column, codes: Float64Array): Block {
  return {
    names: [name],
    write(category, out, at) {
      out[at] = codes[category]!
    },
  }
}

function oneHot(name: string, categories: readonly string[], codes: Float64Array): Block {
  const other = codes[codes.length - 1]!
  const own = categories.filter((_, category) => codes[category]! < other)
  return {
    names: [...own.map((category) => `${name} = ${category}`), `${name} = other`],
    write(category, out, at) {
      out[at + codes[category]!] = 1
    },
  }
}
