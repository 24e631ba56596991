/** What all selectors share: every column gets a score, the best ones stay, in their order. */
import { int } from '../contracts/params.ts'
import type { LivePreparation } from '../contracts/preparation.ts'
import type { Column } from '../contracts/rows.ts'

export type Selection = {
  /** One an input column; higher is more worth. */
  readonly scores: Float64Array
  /** The columns that stay, ascending. */
  readonly kept: Int32Array
}

export const SELECTION_PARAMS = {
  most: int(10, 1, 1_000_000, 'columns that stay, at most'),
}

/** The `most` columns of the highest scores; of equal ones the first. */
export function selectBest(scores: Float64Array, most: number): Selection {
  const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, most)
  return { scores, kept: Int32Array.from(best).sort() }
}

export function openSelection(state: Selection, inputs: readonly Column[]): LivePreparation<Selection> {
  const { scores, kept } = state
  const width = inputs.length
  return {
    columns: Array.from(kept, (column) => inputs[column]!),
    origins: Array.from(kept, (column) => [{ column, share: 1 }]),
    prepare: ({ data, count }) => {
      const out = new Float64Array(count * kept.length)
      for (let row = 0, at = 0; row < count; row++)
        for (let i = 0; i < kept.length; i++, at++) out[at] = data[row * width + kept[i]!]!
      return out
    },
    save: () => ({ scores: scores.slice(), kept: kept.slice() }),
  }
}
