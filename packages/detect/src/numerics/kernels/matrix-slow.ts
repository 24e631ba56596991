/** What a projection does to a row: (row − centre) × scale, held within ±`MOST`, times a matrix. */
export interface ProjectionPlan {
  readonly inputs: number
  readonly outputs: number
  /** `inputs × outputs`, row-major. */
  readonly matrix: Float64Array
  /** One an input; 0 where absent. */
  readonly centre?: Float64Array
  /** One an input; 1 where absent. */
  readonly scale?: Float64Array
  /** The rows are within ±`MOST` already, and neither moved nor scaled. */
  readonly asIs?: boolean
}

/** Values farther out than this are held here, so that the sum of their squares is a number. */
export const MOST = 1e150

/** One value as a projection sees it. */
export function standardised(value: number, centre: number, scale: number): number {
  return Math.min(MOST, Math.max(-MOST, (value - centre) * scale))
}

/** Slow twin of the kernel: `outputs` products a row of `data`, row-major. */
export function projectSlow(plan: ProjectionPlan, data: Float64Array): Float64Array {
  const { inputs, outputs, matrix, centre, scale } = plan
  const count = inputs === 0 ? 0 : data.length / inputs
  const products = new Float64Array(count * outputs)
  for (let row = 0; row < count; row++) {
    for (let output = 0; output < outputs; output++) {
      let sum = 0
      for (let j = 0; j < inputs; j++) {
        const value = standardised(data[row * inputs + j] as number, centre?.[j] ?? 0, scale?.[j] ?? 1)
        sum += value * (matrix[j * outputs + output] as number)
      }
      products[row * outputs + output] = sum
    }
  }
  return products
}

/** Slow twin: which of `values` is largest less its half, of equal ones the first, and the two largest differences. */
export function largestTwoSlow(values: Float64Array, halves: Float64Array): { best: number; near: [number, number] } {
  let [best, first, second] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let c = 0; c < halves.length; c++) {
    const near = (values[c] as number) - (halves[c] as number)
    if (near > first) [best, first, second] = [c, near, first]
    else if (near > second) second = near
  }
  return { best, near: [first, second] }
}

/** Slow twin: Σ wᵢ (xᵢ − centre)(xᵢ − centre)ᵀ over the rows, `width × width`; the sums of blocks of `block` rows are added up. */
export function sumOuterSlow(
  data: Float64Array,
  width: number,
  centre: Float64Array,
  weights: Float64Array | undefined,
  block: number,
): Float64Array {
  const sums = new Float64Array(width * width)
  const count = data.length / width
  const at = (row: number, j: number) => standardised(data[row * width + j] as number, centre[j] as number, 1)
  for (let from = 0; from < count; from += block) {
    for (let i = 0; i < width; i++) {
      for (let j = i; j < width; j++) {
        let sum = 0
        for (let row = from; row < Math.min(count, from + block); row++)
          sum += at(row, i) * (at(row, j) * (weights?.[row] ?? 1))
        sums[i * width + j] = (sums[i * width + j] as number) + sum
        sums[j * width + i] = sums[i * width + j] as number
      }
    }
  }
  return sums
}
