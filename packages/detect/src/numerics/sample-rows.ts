import type { Random } from '../contracts/random.ts'

/** Draws that may hit rows already taken before the weights of the rest are summed again. */
const MISSES = 32

/** `size` different rows of `count`, each set equally likely: Floyd's method (Bentley and Floyd 1987, "A sample of brilliance"). */
function uniformSampler(count: number, size: number): (random: Random) => Int32Array {
  const taken = new Int32Array(count)
  let sample = 0
  return (random) => {
    sample++
    const rows = new Int32Array(size)
    for (let i = 0, last = count - size; i < size; i++, last++) {
      const drawn = random.integer(last + 1)
      const row = taken[drawn] === sample ? last : drawn
      taken[row] = sample
      rows[i] = row
    }
    return rows
  }
}

function cumulate(weights: Float64Array, taken: Uint8Array): Float64Array {
  let sum = 0
  return weights.map((weight, row) => {
    if (!taken[row]) sum += weight
    return sum
  })
}

/** The first row whose cumulated weight exceeds `target`. */
function find(cumulated: Float64Array, target: number): number {
  let low = 0
  let high = cumulated.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulated[middle] as number) > target) high = middle
    else low = middle + 1
  }
  return low
}

/** `size` different rows, drawn one after the other in proportion to the weights of those that are left. */
function weightedSampler(weights: Float64Array, size: number): (random: Random) => Int32Array {
  const whole = cumulate(weights, new Uint8Array(weights.length))
  return (random) => {
    const taken = new Uint8Array(weights.length)
    const rows = new Int32Array(size)
    let cumulated = whole
    let misses = 0
    for (let i = 0; i < size; ) {
      const row = find(cumulated, random.next() * (cumulated[cumulated.length - 1] as number))
      if (!taken[row] && (weights[row] as number) > 0) {
        taken[row] = 1
        rows[i++] = row
        misses = 0
      } else if (++misses > MISSES) {
        cumulated = cumulate(weights, taken)
        misses = 0
      }
    }
    return rows
  }
}

/** How many rows can be drawn: those that weigh something. */
export function drawableRows(count: number, weights: Float64Array | undefined): number {
  return weights ? weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0) : count
}

/**
 * Draws `size` different rows of `count`; `size` is at most `drawableRows`. Rows of weight 0 are never drawn.
 * With whole numbers as weights a row is as likely to come first as if it stood that many times.
 */
export function createSampler(
  count: number,
  size: number,
  weights: Float64Array | undefined,
): (random: Random) => Int32Array {
  return weights ? weightedSampler(weights, size) : uniformSampler(count, size)
}
