/** Levenshtein's distance: the fewest insertions, deletions and replacements of one character between two names. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (above[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    above = row
  }
  return above[b.length] as number
}

/** How far two names are apart; a beginning of the other is near; names with no character in place are nothing to each other. */
function distanceOf(wanted: string, candidate: string): number {
  if (wanted !== '' && (candidate.startsWith(wanted) || wanted.startsWith(candidate))) return 1
  const distance = editDistance(wanted, candidate)
  return distance < Math.max(wanted.length, candidate.length) ? distance : Number.POSITIVE_INFINITY
}

/** The known name closest to a mistyped one, or undefined where none is close enough to be meant. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = given.slice(0, 100).toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const name of known) {
    const distance = distanceOf(wanted, name.toLowerCase())
    if (distance >= bestDistance) continue
    best = name
    bestDistance = distance
  }
  return best
}
