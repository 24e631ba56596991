/**
 * Why one of our detectors and its first peer differ on a set, each reason an experiment: both are asked again, one of them
 * set so that the reason is gone. A difference is explained by the first reason without which it is small.
 *
 * - `ours`: parameters that make ours as the peer is. `peer`: the peer without its defect (mended.py), or set as ours is.
 * - `orders`: both get the rows in several orders: where rows are equally near, the first of them count as neighbours.
 * - `seeds`: more of them. What is random has this as its last reason.
 */
import { mean } from '../attacks/statistics.js'
import { meanInterval } from './statistics.js'

const mended = (name, params = {}) => ({ name: `mended ${name}`, make: `mended:${name}`, ask: 'pyod', params })

const ORDERS = 8
const SEEDS = 30
/** Beyond this a difference on one set is to be explained. */
export const APART = 0.02

const TIES = {
  why: 'equally near rows: which of them count as neighbours depends on the order of the rows, on both sides',
  orders: ORDERS,
}
/** On top of the last reason, where there is one. */
function chanceAfter(last) {
  const chance = `chance: the interval of ${SEEDS} paired seeds holds 0`
  return { ...last, why: last === undefined ? chance : `the same, and ${chance}`, seeds: SEEDS }
}

const REASONS = new Map(
  Object.entries({
    abod: [
      {
        why: 'PyOD counts a training row among its own neighbours, and so sees one neighbour fewer',
        peer: mended('ABOD', { n_neighbors: 5 }),
      },
      TIES,
    ],
    hbos: [
      {
        why: 'ours takes heights relative to the highest bin (the paper), PyOD densities, which depend on units',
        ours: { heights: 'density', alpha: 0.1 },
      },
      {
        why: 'the same, and PyOD looks values that lie on an edge up in the bin to the left',
        ours: { heights: 'density', alpha: 0.1 },
        peer: mended('HBOS'),
      },
    ],
    kde: [
      {
        why: 'ours gives every column a deviation of 1 first, PyOD leaves units as they are',
        ours: { standardise: false },
      },
    ],
    loda: [{ why: 'PyOD looks values up one bin beside the one in which they were counted', peer: mended('LODA') }],
    lof: [TIES],
    cof: [TIES],
    'k-nearest-neighbours': [TIES],
    mcd: [
      {
        why: 'ours adds a ridge to the variances, so that columns of which most values are equal do not end the search',
        ours: { ridge: 0 },
      },
    ],
    'one-class-svm': [
      {
        why: 'ours gives every column a deviation of 1 first, PyOD leaves units as they are',
        ours: { standardise: false },
      },
    ],
  }),
)

/** The reasons to be tried, in their order. */
export function reasonsFor({ id, random, labels }) {
  const own = REASONS.get(id) ?? []
  return random || labels ? [...own, chanceAfter(own.at(-1))] : own
}

/** Ours less the first peer's, or undefined where one was not measured. */
export function differenceOf({ ours, peers }) {
  if (ours.aucs === undefined || peers[0]?.aucs === undefined) return undefined
  return mean(ours.aucs) - mean(peers[0].aucs)
}

export const isApart = (result) => Math.abs(differenceOf(result) ?? 0) > APART

/** Whether what is left is small, or, over several seeds or orders, not to be told from nothing. */
function isExplained(result, { seeds, orders }) {
  const left = differenceOf(result)
  if (left === undefined) return false
  if (Math.abs(left) <= APART) return true
  if (seeds === undefined && orders === undefined) return false
  const { low, high } = meanInterval(result.ours.aucs.map((auc, i) => auc - result.peers[0].aucs[i]))
  return low <= 0 && high >= 0
}

/**
 * Tries the reasons of a pair on a set that is apart.
 * @param ask (pair, {seeds, orders}) → the pair measured again
 * @returns {Promise<{why: string, left: number, seeds: number, explained: boolean}[]>} up to the first that explains
 */
export async function findReason(pair, ask) {
  const tried = []
  for (const reason of reasonsFor(pair)) {
    const params = { ...pair.params, ...reason.ours }
    const again = { ...pair, params, peers: [reason.peer ?? pair.peers[0]] }
    const result = await ask(again, reason)
    if (result === undefined) return tried
    const left = differenceOf(result)
    const obstacle = result.ours.obstacle ?? result.peers[0]?.obstacle
    const explained = isExplained(result, reason)
    tried.push({ why: reason.why, explained, ...(left === undefined ? { obstacle } : { left }) })
    if (explained) break
  }
  return tried
}
