import type { Lesson } from '../contracts/algorithm.ts'
import type { Random } from '../contracts/random.ts'
import { createSampler, drawableRows } from './sample-rows.ts'

/** Different rows, as likely as they weigh, ascending; all of a weight above 0 where these are not more than `most`. */
function drawOf(weights: Float64Array, most: number, random: Random): Int32Array {
  const able = drawableRows(weights.length, weights)
  if (able > most) return createSampler(weights.length, most, weights)(random)
  return Int32Array.from(weights.keys()).filter((row) => (weights[row] as number) > 0)
}

/**
 * At most `most` different rows, ascending; those of weight 0 never. Rows labelled as anomalies come first, as they are few
 * and say most, up to half of the places.
 */
export function drawLabelled(count: number, { labels, weights }: Lesson, most: number, random: Random): Int32Array {
  const weigh = (wanted: boolean) =>
    Float64Array.from({ length: count }, (_, row) => ((labels?.[row] === 1) === wanted ? (weights?.[row] ?? 1) : 0))
  const anomalies = drawOf(weigh(true), Math.floor(most / 2), random.split('anomalies'))
  const others = drawOf(weigh(false), most - anomalies.length, random.split('others'))
  return Int32Array.from([...anomalies, ...others]).sort()
}
