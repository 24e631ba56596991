/** What is the same wherever one column becomes several: a one-hot or hashed category, the cycles of a time. */
import type { Plain } from '../contracts/plain.ts'
import type { LivePreparation, Origin } from '../contracts/preparation.ts'
import type { Column } from '../contracts/rows.ts'
import { freshName } from './column-values.ts'

/** What one input column becomes: columns of numbers, side by side. */
export interface Block {
  readonly names: readonly string[]
  /** Writes what a value (not a missing one) becomes from `at` on, where everything is 0. */
  write(value: number, out: Float64Array, at: number): void
}

/** `blocks`: one a column; undefined lets the column pass. A missing value is missing in all columns of its block. */
export function openBlocks<S extends Plain>(
  inputs: readonly Column[],
  blocks: readonly (Block | undefined)[],
  save: () => S,
): LivePreparation<S> {
  const taken = new Set<string>()
  const columns: Column[] = []
  const origins: (readonly Origin[])[] = []
  const starts = inputs.map((input, column) => {
    const start = columns.length
    for (const made of columnsOf(input, blocks[column])) {
      columns.push({ ...made, name: freshName(taken, made.name) })
      origins.push([{ column, share: 1 }])
    }
    return start
  })
  return {
    columns,
    origins,
    prepare: ({ data, count }) => writeBlocks(data, count, blocks, [...starts, columns.length]),
    save,
  }
}

function columnsOf(input: Column, block: Block | undefined): readonly Column[] {
  return block ? block.names.map((name): Column => ({ name, type: 'number' })) : [input]
}

/** `starts`: where the block of each column begins in a row that comes out; the last place is the length of such a row. */
function writeBlocks(
  data: Float64Array,
  count: number,
  blocks: readonly (Block | undefined)[],
  starts: readonly number[],
): Float64Array {
  const width = starts.length - 1
  const wide = starts[width]!
  const out = new Float64Array(count * wide)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < width; column++) {
      const value = data[row * width + column]!
      const block = blocks[column]
      const at = row * wide + starts[column]!
      if (block && !Number.isNaN(value)) block.write(value, out, at)
      else out.fill(value, at, row * wide + starts[column + 1]!)
    }
  }
  return out
}
