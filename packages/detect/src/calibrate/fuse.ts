/**
 * How the surprises of several detectors become one number.
 *
 * Averages and maxima, and averages of maxima and maxima of averages over random buckets of members: Aggarwal and Sathe,
 * "Theoretical Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations 2015. Averages lower variance,
 * maxima bias; the two mixed rules lower both. `rank` averages the shares of reference scores below: whoever shouts loudest counts
 * no more than others.
 *
 * NaN is a member that gave no answer: it is left out, and its weight falls to the others in proportion to theirs.
 */

/** Names of the rules, as parameters say them. */
export const RULES = ['average', 'maximum', 'average-of-maxima', 'maximum-of-averages', 'rank'] as const
export type Rule = (typeof RULES)[number]

/** One a member. */
export type Seats = {
  /** Above 0; only their proportions count. Maxima do not weigh. */
  readonly weights: Float64Array
  /** Which bucket, from 0: for averages of maxima and maxima of averages. */
  readonly buckets: Int32Array
}

type Told = (surprise: number) => number
const asTold: Told = (surprise) => surprise
/** The share of reference scores below: 1 − p. */
const shareBelow: Told = (surprise) => -Math.expm1(-surprise)

/** The weighted mean of the answers of a bucket, or of all; NaN where nobody answered. */
function average(surprises: Float64Array, { weights, buckets }: Seats, told = asTold, bucket?: number): number {
  let [sum, weight] = [0, 0]
  for (let i = 0; i < surprises.length; i++) {
    const surprise = surprises[i] as number
    if (Number.isNaN(surprise) || (bucket !== undefined && buckets[i] !== bucket)) continue
    sum += (weights[i] as number) * told(surprise)
    weight += weights[i] as number
  }
  return sum / weight
}

/** The largest answer of a bucket, or of all; NaN where nobody answered. */
function maximum(surprises: Float64Array, { buckets }: Seats, bucket?: number): number {
  let most = Number.NaN
  for (let i = 0; i < surprises.length; i++) {
    const surprise = surprises[i] as number
    if (bucket !== undefined && buckets[i] !== bucket) continue
    if (!(surprise <= most) && !Number.isNaN(surprise)) most = surprise
  }
  return most
}

/** What each bucket says in which somebody answered. */
function eachBucket({ buckets }: Seats, say: (bucket: number) => number): number[] {
  const count = buckets.reduce((most, bucket) => Math.max(most, bucket + 1), 0)
  return Array.from({ length: count }, (_, bucket) => say(bucket)).filter((said) => !Number.isNaN(said))
}

const rules: { readonly [R in Rule]: (surprises: Float64Array, seats: Seats) => number } = {
  average: (surprises, seats) => average(surprises, seats),
  maximum: (surprises, seats) => maximum(surprises, seats),
  'average-of-maxima'(surprises, seats) {
    const maxima = eachBucket(seats, (bucket) => maximum(surprises, seats, bucket))
    return maxima.reduce((sum, most) => sum + most, 0) / maxima.length
  },
  'maximum-of-averages'(surprises, seats) {
    const averages = eachBucket(seats, (bucket) => average(surprises, seats, asTold, bucket))
    return averages.length === 0 ? Number.NaN : Math.max(...averages)
  },
  rank: (surprises, seats) => average(surprises, seats, shareBelow),
}

/**
 * One number of the surprises of members, one each, NaN where a member gave none; higher is stranger. NaN where none did.
 * @example `fuse('average', Float64Array.of(1, NaN, 4), { weights: Float64Array.of(2, 5, 1), buckets: new Int32Array(3) }) // 2`
 */
export function fuse(rule: Rule, surprises: Float64Array, seats: Seats): number {
  return rules[rule](surprises, seats)
}
