/**
 * ln Σ exp(values), without overflow or loss: the largest is taken out first. Blanchard, Higham and Higham, "Accurately
 * computing the log-sum-exp and softmax functions", IMA Journal of Numerical Analysis 2021, section 3.
 *
 * @returns −Infinity for no values or only −Infinity; Infinity as soon as one is Infinity.
 * @example `logSumExp([-1000, -1000]) // −999.307`
 */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]!)
  if (!Number.isFinite(largest)) return largest
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i]! - largest)
  return largest + Math.log(sum)
}

/** ln(1 − exp(value)) for value ≤ 0, exact on both sides: Mächler, "Accurately computing log(1 − exp(−|a|))", 2012. */
export function logOneMinusExp(value: number): number {
  return value > -Math.LN2 ? Math.log(-Math.expm1(value)) : Math.log1p(-Math.exp(value))
}
