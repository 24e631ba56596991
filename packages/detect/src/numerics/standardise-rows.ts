import { MOST } from './kernels/matrix-slow.ts'

/** (value − centre) × scale of every value of row-major rows, held within ±1e150 so that squares are numbers; a copy. */
export function standardiseRows(data: Float64Array, centre: Float64Array, scale?: Float64Array): Float64Array {
  const width = centre.length
  const moved = new Float64Array(data.length)
  for (let at = 0; at < data.length; ) {
    for (let j = 0; j < width; j++, at++) {
      const value = ((data[at] as number) - (centre[j] as number)) * (scale ? (scale[j] as number) : 1)
      moved[at] = value > MOST ? MOST : value < -MOST ? -MOST : value
    }
  }
  return moved
}
