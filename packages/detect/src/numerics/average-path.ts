/**
 * c(n) for every n up to `most`: the mean length of an unsuccessful search in a binary search tree of n rows, equation 1 of Liu, Ting and Zhou 2008
 * with exact harmonic numbers, 2·H(n − 1) − 2·(n − 1)/n.
 */
export function averagePathLengths(most: number): Float64Array {
  const lengths = new Float64Array(most + 1)
  let harmonic = 0
  for (let n = 2; n <= most; n++) {
    harmonic += 1 / (n - 1)
    lengths[n] = 2 * harmonic - (2 * (n - 1)) / n
  }
  return lengths
}
