/**
 * How common a value is among many: in how many people's habits it stands. The rarity of a value is the share of all
 * holdings that are held by no more people than it is; so where nearly everything is held by one person (home
 * addresses) one more such value is nothing rare, and where nearly nothing is (countries) it is. It does not drift
 * with the number of people.
 */
import { type Holders, holdersOf, noHolders, setHolders, type ValueHash } from './holders.ts'

export interface Popularity {
  holders: Holders
  /** `mass[b]`: holdings of values whose number of holders falls into bucket b. */
  mass: number[]
  total: number
  /** Values with exactly one holder. */
  singles: number
}

const EXACT = 64
const BUCKETS = 128
/** How many values one table may hold. */
const CAPACITY = 200_000

export const startPopularity = (): Popularity => ({
  holders: noHolders(),
  mass: new Array(BUCKETS).fill(0),
  total: 0,
  singles: 0,
})

export const copyOf = ({ holders, mass, ...counted }: Popularity): Popularity => ({
  ...counted,
  holders: { size: holders.size, places: holders.places.slice() },
  mass: mass.slice(),
})

/** Exact up to 64 holders, then four buckets for each doubling. */
function bucket(holders: number): number {
  if (holders < EXACT) return holders
  return Math.min(BUCKETS - 1, EXACT + Math.floor(4 * Math.log2(holders / EXACT)))
}

/** One holder more (`by` = 1) or less (−1). */
export function countHolder(popularity: Popularity, value: ValueHash, by: number): void {
  const before = holdersOf(popularity.holders, value)
  const after = Math.max(0, before + by)
  if (after === before || (before === 0 && popularity.holders.size >= CAPACITY)) return
  if (before > 0) {
    const b = bucket(before)
    popularity.mass[b] = (popularity.mass[b] as number) - before
  }
  if (after > 0) {
    const b = bucket(after)
    popularity.mass[b] = (popularity.mass[b] as number) + after
  }
  setHolders(popularity.holders, value, after)
  popularity.total += after - before
  popularity.singles += Number(after === 1) - Number(before === 1)
}

/** Share of holdings that are no more common than `value`; a value that nobody holds gets Good and Turing's estimate
 * of what is unseen (Good 1953, equation 9), halved. Between 0 (never) and 1 (as common as anything). */
export function commonness(popularity: Popularity, value: ValueHash): number {
  const holders = holdersOf(popularity.holders, value)
  if (popularity.total === 0) return 1
  if (holders === 0) return (0.5 * popularity.singles + 0.5) / (popularity.total + 1)
  let mass = 0
  const top = bucket(holders)
  for (let b = 0; b <= top; b++) mass += popularity.mass[b] as number
  return Math.min(1, mass / popularity.total)
}
