import { definePreparer } from '../contracts/define-preparer.ts'
import { flag, int, real } from '../contracts/params.ts'
import type { LivePreparation, Origin } from '../contracts/preparation.ts'
import type { Column } from '../contracts/rows.ts'
import { openProjection } from '../numerics/kernels/matrix.ts'
import { acrossColumns, principalAxes } from '../numerics/principal-axes.ts'

const PARAMS = {
  share: real(0.95, 0.01, 1, 'share of the variance that the axes which stay hold together'),
  most: int(1000, 1, 10_000, 'axes that stay, at most'),
  standardise: flag(true, 'give every column a mean of 0 and a deviation of 1 first'),
}

type State = {
  /** One a column: (value − centre) × scale is projected. */
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** columns × axes, row-major. */
  readonly axes: Float64Array
}

/** Shares of variance below this are the rounding of an axis without any. */
const NOTHING = 1e-12

/**
 * Where a row lies along the main axes of the training rows, the one of most variance first: as many axes as hold `share` of
 * the variance, at least one. What a row has across the other axes is lost; detectors that look for it (`pca` with
 * `residual`) want the columns themselves. Signs as in scikit-learn's `PCA`: the largest weight of an axis is positive.
 * Explanations share an axis's weight among the columns by the squares of its weights. Reads numbers without gaps.
 *
 * @example `prepared(principalComponents, kNearestNeighbours)`
 */
export const principalComponents = definePreparer<typeof PARAMS, State>({
  id: 'principal-components',
  version: 1,
  summary: 'Turns columns of numbers into their main axes.',
  reference: 'Jolliffe, Principal Component Analysis (2nd), sections 1.1 and 6.1.1; scikit-learn 1.9, PCA',
  params: PARAMS,
  columns: 'number',
  missing: 'rejects',
  fit({ data, columns }, { weights }, { share, most, standardise }) {
    const { centre, scale, values, vectors } = principalAxes(data, columns.length, { standardise, weights })
    return { centre, scale, axes: acrossColumns(vectors, Math.min(most, axesThatHold(values, share))) }
  },
  open: openAxes,
})

/** How many of the variances, descending, hold a share of their sum. */
function axesThatHold(values: Float64Array, share: number): number {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  let held = 0
  let axes = 0
  while (axes < values.length && held < share * total && values[axes]! > NOTHING * total) held += values[axes++]!
  return Math.max(1, axes)
}

function openAxes({ centre, scale, axes }: State, inputs: readonly Column[]): LivePreparation<State> {
  const width = inputs.length
  const outputs = axes.length / width
  const projection = openProjection({ inputs: width, outputs, matrix: axes, centre, scale })
  return {
    columns: Array.from({ length: outputs }, (_, axis): Column => ({ name: `axis ${axis + 1}`, type: 'number' })),
    origins: Array.from({ length: outputs }, (_, axis) => originsOf(axes, width, axis)),
    prepare: ({ data, count }) => {
      const out = new Float64Array(count * outputs)
      projection.each(data, (products, from, size) => {
        for (let i = 0; i < size; i++) {
          const at = i * projection.stride
          out.set(products.subarray(at, at + outputs), (from + i) * outputs)
        }
      })
      return out
    },
    save: () => ({ centre: centre.slice(), scale: scale.slice(), axes: axes.slice() }),
  }
}

/** An axis is a unit vector, so the squares of its weights sum to 1. */
function originsOf(axes: Float64Array, width: number, axis: number): Origin[] {
  const outputs = axes.length / width
  return Array.from({ length: width }, (_, column) => {
    const weight = axes[column * outputs + axis]!
    return { column, share: weight * weight }
  })
}
