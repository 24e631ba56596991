import { openKernel } from './kernel.ts'
import { matrixWasm } from './matrix.gen.ts'
import { MOST, type ProjectionPlan } from './matrix-slow.ts'

export type MatrixKernel = {
  multiply(rows: number, count: number, inputs: number, matrix: number, panels: number, out: number): void
  standardise(rows: number, count: number, inputs: number, centre: number, scale: number, most: number): void
  largestTwo(
    products: number,
    count: number,
    stride: number,
    outputs: number,
    halves: number,
    best: number,
    near: number,
  ): void
  similar(
    mode: number,
    products: number,
    count: number,
    stride: number,
    halves: number,
    weights: number,
    gamma: number,
    lengths: number,
    out: number,
  ): void
  weigh(rows: number, count: number, stride: number, weights: number, others: number): void
  addOuter(rows: number, others: number, count: number, panels: number, sums: number): void
}

/** Rows lie in memory a block at a time: enough to repay the call, little enough to stay in the cache. */
const BLOCK_BYTES = 1 << 18
/** Rows of one block of outer products, the same for every width: the order of the sum depends on nothing else. */
export const OUTER_BLOCK = 256
const PANEL = 4

/** Rows times a matrix, in WebAssembly; equal to `projectSlow` to the bit. */
export interface Projection {
  /** Doubles from one row of products to the next: the outputs, rounded up to a multiple of four. */
  readonly stride: number
  /** Hands over the products of rows `from … from + count − 1`, a block at a time. The view is written over by the next block. */
  each(data: Float64Array, use: (products: Float64Array, from: number, count: number) => void): void
  /**
   * Hands over, for each row, which product is largest less its half (`best`), and the two largest differences (`near`, two a
   * row): equal to `largestTwoSlow`. Views are written over by the next block.
   */
  eachLargest(
    data: Float64Array,
    halves: Float64Array,
    use: (best: Int32Array, near: Float64Array, from: number, count: number) => void,
  ): void
  /** Takes other numbers, as many as before. */
  replace(plan: ProjectionPlan): void
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsTaken(): number
}

/** Four columns of the matrix beside each other: `panels × inputs × 4`. */
function interleave({ matrix, inputs, outputs }: ProjectionPlan, target: Float64Array): void {
  const panels = Math.ceil(outputs / PANEL)
  for (let panel = 0; panel < panels; panel++) {
    for (let j = 0; j < inputs; j++) {
      for (let k = 0; k < PANEL; k++) {
        const output = panel * PANEL + k
        target[(panel * inputs + j) * PANEL + k] = output < outputs ? (matrix[j * outputs + output] as number) : 0
      }
    }
  }
}

/** Products in WebAssembly, before anything is made of them. */
export interface Products {
  readonly stride: number
  /** Rows of one block, at most. */
  readonly block: number
  readonly run: MatrixKernel
  readonly memory: Float64Array
  readonly buffer: ArrayBuffer
  /** Where products of a block lie, and what was asked for beside them, in bytes. */
  readonly outAt: number
  readonly besideAt: number
  replace(plan: ProjectionPlan): void
  each(data: Float64Array, use: (from: number, size: number) => void): void
  rowsTaken(): number
}

/** Puts a matrix into a WebAssembly instance of its own. `beside`: further bytes, by stride and rows of a block. */
export function openProducts(plan: ProjectionPlan, beside: (stride: number, block: number) => number): Products {
  const { inputs, outputs } = plan
  const panels = Math.ceil(outputs / PANEL)
  const stride = panels * PANEL
  const block = Math.max(16, Math.min(8192, Math.floor(BLOCK_BYTES / (8 * (inputs + stride)))) & ~3)
  const matrixAt = 16 * inputs
  const rowsAt = matrixAt + 8 * inputs * stride
  const outAt = (rowsAt + 8 * block * inputs + 15) & ~15
  const besideAt = outAt + 8 * block * stride
  const kernel = openKernel<MatrixKernel>(matrixWasm)
  kernel.reserve(besideAt + beside(stride, block))
  const [buffer, { run }] = [kernel.buffer(), kernel]
  const memory = new Float64Array(buffer)
  const replace = (given: ProjectionPlan): void => {
    memory.set(given.centre ?? new Float64Array(inputs), 0)
    memory.set(given.scale ?? new Float64Array(inputs).fill(1), inputs)
    interleave(given, memory.subarray(matrixAt / 8, rowsAt / 8))
  }
  replace(plan)
  let taken = 0
  return {
    ...{ stride, block, run, memory, buffer, outAt, besideAt, replace },
    rowsTaken: () => taken,
    each(data, use) {
      const count = data.length / inputs
      for (let from = 0; from < count; from += block) {
        const size = Math.min(block, count - from)
        memory.set(data.subarray(from * inputs, (from + size) * inputs), rowsAt / 8)
        if (!plan.asIs) run.standardise(rowsAt, size, inputs, 0, 8 * inputs, MOST)
        run.multiply(rowsAt, size, inputs, matrixAt, panels, outAt)
        taken += size
        use(from, size)
      }
    },
  }
}

/** Rows times a matrix. Error: `kernel-unavailable`. */
export function openProjection(plan: ProjectionPlan): Projection {
  const { stride, block, run, memory, buffer, outAt, besideAt, replace, each, rowsTaken } = openProducts(
    plan,
    (width, rows) => 8 * width + 20 * rows,
  )
  const nearAt = besideAt + 8 * stride
  const bestAt = nearAt + 16 * block
  return {
    ...{ stride, replace, rowsTaken },
    each: (data, use) =>
      each(data, (from, size) => use(memory.subarray(outAt / 8, outAt / 8 + size * stride), from, size)),
    eachLargest(data, halves, use) {
      memory.set(halves, besideAt / 8)
      const best = new Int32Array(buffer, bestAt, block)
      each(data, (from, size) => {
        run.largestTwo(outAt, size, 8 * stride, plan.outputs, besideAt, bestAt, nearAt)
        use(best, memory.subarray(nearAt / 8, nearAt / 8 + 2 * size), from, size)
      })
    },
  }
}

/** What `openOuter` gives. */
export interface OuterSums {
  /** Σ wᵢ (xᵢ − centre)(xᵢ − centre)ᵀ over all rows, `width × width`; equal to `sumOuterSlow` to the bit. */
  sum(data: Float64Array, centre: Float64Array, weights?: Float64Array): Float64Array
}

/** Copies rows, each padded to `stride`. */
function copyRows(memory: Float64Array, rows: Float64Array, width: number, stride: number): void {
  if (stride === width) return memory.set(rows)
  for (let from = 0, to = 0; from < rows.length; from += width, to += stride)
    for (let j = 0; j < width; j++) memory[to + j] = rows[from + j] as number
}

function mirror(sums: Float64Array, stride: number, width: number): Float64Array {
  const whole = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      whole[i * width + j] = sums[i * stride + j] as number
      whole[j * width + i] = sums[i * stride + j] as number
    }
  }
  return whole
}

/** Sums of outer products of rows of `width` columns. Error: `kernel-unavailable`. */
export function openOuter(width: number): OuterSums {
  const panels = Math.ceil(width / PANEL)
  const stride = panels * PANEL
  const others = OUTER_BLOCK * stride
  const sumsAt = 2 * others
  const centreAt = sumsAt + stride * stride
  const kernel = openKernel<MatrixKernel>(matrixWasm)
  const weightsAt = centreAt + 2 * stride
  kernel.reserve(8 * (weightsAt + OUTER_BLOCK))
  const memory = new Float64Array(kernel.buffer())
  return {
    sum(data, centre, weights) {
      const count = data.length / width
      memory.fill(0)
      memory.set(centre, centreAt)
      memory.fill(1, centreAt + stride, centreAt + 2 * stride)
      for (let from = 0; from < count; from += OUTER_BLOCK) {
        const size = Math.min(OUTER_BLOCK, count - from)
        copyRows(memory, data.subarray(from * width, (from + size) * width), width, stride)
        kernel.run.standardise(0, size, stride, 8 * centreAt, 8 * (centreAt + stride), MOST)
        if (weights) {
          memory.set(weights.subarray(from, from + size), weightsAt)
          kernel.run.weigh(0, size, stride, 8 * weightsAt, 8 * others)
        }
        kernel.run.addOuter(0, weights ? 8 * others : 0, size, panels, 8 * sumsAt)
      }
      return mirror(memory.subarray(sumsAt, sumsAt + stride * stride), stride, width)
    },
  }
}
