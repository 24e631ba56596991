/** Bins of equal width, a column each. */
export interface BinPlan {
  readonly columns: number
  readonly bins: number
  /** Left edge of the first bin, and bins a unit, one a column. */
  readonly first: Float64Array
  readonly perUnit: Float64Array
  /** What lies outside by at most so many bins counts to the outermost one. */
  readonly low: number
  readonly high: number
}

/** −1 below, `bins` above. */
export function binAt(place: number, { bins, low, high }: BinPlan): number {
  if (place < 0) return place >= -low ? 0 : -1
  if (place < bins) return Math.floor(place)
  return place <= bins + high ? bins - 1 : bins
}

/** Where in a table of (bins + 2) a column the bin of value `at` of row-major rows stands. */
export function tableAt(data: Float64Array, at: number, column: number, plan: BinPlan): number {
  const place = ((data[at] as number) - (plan.first[column] as number)) * (plan.perUnit[column] as number)
  return column * (plan.bins + 2) + 1 + binAt(place, plan)
}

/** Slow twin, and the way for few rows: the sum of what the bins of each row hold, even and odd columns apart. */
export function sumBinsSlow(data: Float64Array, plan: BinPlan, table: Float64Array): Float64Array {
  const sums = new Float64Array(data.length / plan.columns)
  for (let row = 0, at = 0; row < sums.length; row++) {
    let [even, odd] = [0, 0]
    for (let j = 0; j < plan.columns; j++, at++) {
      const held = table[tableAt(data, at, j, plan)] as number
      if (j % 2 === 0) even += held
      else odd += held
    }
    sums[row] = even + odd
  }
  return sums
}

/** Slow twin: the weight of the rows in every bin. */
export function countBinsSlow(data: Float64Array, plan: BinPlan, weights: Float64Array): Float64Array {
  const table = new Float64Array(plan.columns * (plan.bins + 2))
  for (let at = 0; at < data.length; at++) {
    const bin = tableAt(data, at, at % plan.columns, plan)
    table[bin] = (table[bin] as number) + (weights[Math.floor(at / plan.columns)] as number)
  }
  return table
}

/** Slow twin: the least and the most of every column, of rows whose weight is not 0. */
export function rangesSlow(data: Float64Array, columns: number, weights: Float64Array) {
  const least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
  for (let at = 0; at < data.length; at++) {
    if (weights[Math.floor(at / columns)] === 0) continue
    const [j, value] = [at % columns, data[at] as number]
    if (value < (least[j] as number)) least[j] = value
    if (value > (most[j] as number)) most[j] = value
  }
  return { least, most }
}
