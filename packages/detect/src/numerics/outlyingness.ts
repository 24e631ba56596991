import type { Steps } from '../contracts/paced.ts'
import type { Random } from '../contracts/random.ts'
import { NORMAL_MAD } from './median.ts'
import { kthSmallest } from './select.ts'

/** Spreads below this, in units of a standardised column, are the rounding of rows that do not differ. */
const NOTHING = 1e-9

/** Lower median; reorders `values`. */
const middle = (values: Float64Array): number => kthSmallest(values, (values.length - 1) >> 1)

/** A unit vector through two different rows; undefined where the two drawn are equal. */
function direction(data: Float64Array, width: number, random: Random): Float64Array | undefined {
  const count = data.length / width
  const from = random.integer(count)
  const to = (from + 1 + random.integer(count - 1)) % count
  const between = Float64Array.from(
    { length: width },
    (_, j) => (data[to * width + j] as number) - (data[from * width + j] as number),
  )
  const most = between.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  if (most === 0) return undefined
  const scaled = between.map((value) => value / most)
  const length = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0))
  return scaled.map((value) => value / length)
}

/**
 * How far each row lies out along the direction that shows it most: the largest |product − median| / MAD over random directions
 * through two rows. Stahel 1981; Donoho 1982; with directions through two rows Hubert, Rousseeuw and Vanden Branden, "ROBPCA",
 * Technometrics 2005.
 *
 * @param data standardised rows. @returns one a row, from 0. Takes directions × rows × columns steps.
 */
export function* outlyingness(
  data: Float64Array,
  width: number,
  directions: number,
  random: Random,
): Steps<Float64Array> {
  const count = data.length / width
  const most = new Float64Array(count)
  if (count < 2) return most
  const [products, scratch] = [new Float64Array(count), new Float64Array(count)]
  for (let trial = 0; trial < directions; trial++) {
    const along = direction(data, width, random)
    if (!along) continue
    for (let row = 0, at = 0; row < count; row++) {
      let sum = 0
      for (let j = 0; j < width; j++, at++) sum += (data[at] as number) * (along[j] as number)
      products[row] = sum
    }
    scratch.set(products)
    const centre = middle(scratch)
    for (let row = 0; row < count; row++) scratch[row] = Math.abs((products[row] as number) - centre)
    const spread = Math.max(NOTHING, NORMAL_MAD * middle(scratch))
    for (let row = 0; row < count; row++)
      most[row] = Math.max(most[row] as number, Math.abs((products[row] as number) - centre) / spread)
    yield { done: trial + 1, of: directions, note: 'looking along directions' }
  }
  return most
}
