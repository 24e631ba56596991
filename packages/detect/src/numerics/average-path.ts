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

/**
 * 2^(−mean path / c(ψ)), in (0, 1]: how easily rows are isolated, equation 2 of Liu, Ting and Zhou 2008. `lengthOf`: the path
 * of a row in the tree of a root.
 */
export function isolationScores(
  { roots, subSample }: { roots: Int32Array; subSample: number },
  count: number,
  lengthOf: (root: number, row: number) => number,
): Float64Array {
  const perTree = 1 / (roots.length * (averagePathLengths(subSample)[subSample] as number))
  const sums = new Float64Array(count)
  for (const root of roots)
    for (let row = 0; row < count; row++) sums[row] = (sums[row] as number) + lengthOf(root, row)
  return sums.map((sum) => Math.exp(-Math.LN2 * sum * perTree))
}
