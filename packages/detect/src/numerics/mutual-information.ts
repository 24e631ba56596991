/** How much is known of one thing when the other is known: of a table that counts both together. */

type Margins = { readonly total: number; readonly rows: Float64Array; readonly columns: Float64Array }

function marginsOf(joint: Float64Array, width: number): Margins {
  const rows = new Float64Array(joint.length / width)
  const columns = new Float64Array(width)
  let total = 0
  for (let at = 0; at < joint.length; at++) {
    const count = joint[at] as number
    const row = Math.floor(at / width)
    rows[row] = (rows[row] as number) + count
    columns[at % width] = (columns[at % width] as number) + count
    total += count
  }
  return { total, rows, columns }
}

/**
 * I(X; Y) = Σ p(x, y) ln(p(x, y) / (p(x) p(y))), in nats, of the shares as counted. Cover and Thomas, "Elements of
 * Information Theory", 2nd edition 2006, equation 2.28. At least 0; 0 of an empty table.
 *
 * @param joint counts, a row for each x, `width` columns for the y, row-major.
 * @example `mutualInformation(Float64Array.of(5, 0, 0, 5), 2) // ln 2`
 */
export function mutualInformation(joint: Float64Array, width: number): number {
  const { total, rows, columns } = marginsOf(joint, width)
  let sum = 0
  for (let at = 0; at < joint.length; at++) {
    const count = joint[at] as number
    if (count === 0) continue
    const alone = (rows[Math.floor(at / width)] as number) * (columns[at % width] as number)
    sum += (count / total) * Math.log((count * total) / alone)
  }
  return Math.max(0, sum)
}

const used = (counts: Float64Array): number => counts.filter((count) => count > 0).length

/**
 * What `mutualInformation` says too much of few rows: (used x − 1)(used y − 1) / (2 · total), its mean where the two know
 * nothing of each other (then 2 · total · I is chi-squared with so many degrees of freedom). Panzeri and Treves, "Analytical
 * estimates of limited sampling biases in different information measures", Network 1996. 0 of an empty table.
 */
export function informationBias(joint: Float64Array, width: number): number {
  const { total, rows, columns } = marginsOf(joint, width)
  return total === 0 ? 0 : ((used(rows) - 1) * (used(columns) - 1)) / (2 * total)
}
