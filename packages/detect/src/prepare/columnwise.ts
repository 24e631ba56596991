/** What is the same wherever every value of a column is changed for itself: columns, their order and origins stay. */
import type { Plain } from '../contracts/plain.ts'
import type { LivePreparation } from '../contracts/preparation.ts'
import type { Column } from '../contracts/rows.ts'

/** `changes`: one a column, never given a missing value; undefined lets the column pass. Missing stays missing. */
export function openColumnwise<S extends Plain>(
  columns: readonly Column[],
  changes: readonly (((value: number) => number) | undefined)[],
  save: () => S,
): LivePreparation<S> {
  const width = columns.length
  return {
    columns,
    origins: columns.map((_, column) => [{ column, share: 1 }]),
    prepare: ({ data }) =>
      data.map((value, i) => {
        const change = changes[i % width]
        return change === undefined || Number.isNaN(value) ? value : change(value)
      }),
    save,
  }
}
