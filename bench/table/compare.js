/** One of our detectors beside its peers on one set: every seed, side by side, measured by one ruler. */
import { createRandom, numberRows } from '@heedful/detect'
import { averagePrecision } from '@heedful/detect/metrics/average-precision'
import { rocAuc } from '@heedful/detect/metrics/roc-auc'
import { median } from '../attacks/statistics.js'
import { findReason, isApart } from './reasons.js'
import { inOrder, partsOf } from './sets.js'

/** Seeds of the detectors; those of our side and a peer's have nothing to do with each other. */
const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1)
/** Beyond so many milliseconds on both sides together, a pair without randomness is asked once. */
const LONG = 3000
/** What peers.py says of such rows: then a method that inverts their covariance is applied on neither side. */
const SINGULAR = 'the covariance is singular'

function measure(said, scratch, out, labels) {
  if (said.obstacle !== undefined) {
    scratch.drop(out)
    return said
  }
  const scores = scratch.read(out)
  const odd = scores.findIndex((score) => !Number.isFinite(score))
  if (odd >= 0) return { obstacle: `the score of row ${odd} is ${scores[odd]}` }
  return { ...said, auc: rocAuc(scores, labels), ap: averagePrecision(scores, labels) }
}

/** Asks both sides the same, ours first and last in turn. */
async function askAll({ pair, seed, parts, files, timed, sides, scratch, limit }) {
  const { ours, peers } = sides
  const shared = {
    seed,
    fit: files.fit,
    score: files.score,
    labels: files.taught,
    columns: parts.fit.columns.length,
    single: 0,
    timed,
  }
  const asks = [
    async () => {
      const out = scratch.path()
      const task = { ...shared, detector: pair.id, params: pair.params, out }
      return measure(await ours.ask(task, limit), scratch, out, parts.labels)
    },
    ...(peers === undefined ? [] : pair.peers).map((peer) => async () => {
      const out = scratch.path()
      return measure(await peers.ask({ ...shared, peer, out }, limit), scratch, out, parts.labels)
    }),
  ]
  const said = new Array(asks.length)
  const order = seed % 2 === 0 && !pair.covariance ? asks.keys() : [...asks.keys()].reverse()
  for (const i of order) {
    const singular = said.find((one) => one?.obstacle === SINGULAR)
    said[i] = singular ?? (await asks[i]())
  }
  return said
}

function writeParts(scratch, { fit, score, taught }) {
  const first = scratch.write(fit.data)
  return {
    fit: first,
    score: score === fit ? first : scratch.write(score.data),
    taught: taught === null ? null : scratch.write(taught),
  }
}

/** One side over all seeds, or its obstacle. */
function gather(answers) {
  const obstacle = answers.find((one) => one.obstacle !== undefined)?.obstacle
  if (obstacle !== undefined) return { obstacle }
  const of = (key) => answers.map((one) => one[key])
  return {
    aucs: of('auc'),
    aps: of('ap'),
    fitMs: median(of('fitMs')),
    scoreMs: median(of('scoreMs')),
    mib: median(of('mib')),
  }
}

/** Asks both sides about a small table first, so that neither is timed while it loads or compiles. */
export async function warmUp({ pair, sides, scratch }) {
  const random = createRandom('bench table').split('warm')
  const columns = 6
  const data = Float64Array.from({ length: 1000 * columns }, () => random.normal())
  const labels = Float64Array.from({ length: 1000 }, (_, row) => (data[row * columns] > 1.5 ? 1 : 0))
  const names = Array.from({ length: columns }, (_, i) => `f${i}`)
  const rows = numberRows(names, data)
  const parts = { fit: rows, score: rows, taught: pair.labels ? labels : null, labels }
  const files = writeParts(scratch, parts)
  for (const seed of [1, 2, 3]) await askAll({ pair, seed, parts, files, timed: true, sides, scratch })
  for (const path of new Set(Object.values(files))) if (path !== null) scratch.drop(path)
}

/** Asks about a set, seed by seed, until the seeds or `longest` are at an end. Undefined: stopped before. */
async function askSeeds({ pair, set, seeds, orders, longest, stopped, scratch, ...more }) {
  const rounds = []
  const end = performance.now() + longest
  let files
  let parts
  const drop = () => {
    for (const path of new Set(Object.values(files ?? {}))) if (path !== null) scratch.drop(path)
  }
  for (const seed of SEEDS.slice(0, seeds)) {
    const left = end - performance.now()
    if (stopped() || (rounds.length > 0 && left <= 0)) break
    if (parts === undefined || pair.labels || orders) {
      drop()
      parts = partsOf(orders ? inOrder(set, seed) : set, pair.labels, seed)
      files = writeParts(scratch, parts)
    }
    const began = performance.now()
    // What was begun in time may take as long again, so that one seed is known at least.
    const said = await askAll({ ...more, pair, seed, parts, files, scratch, limit: Math.max(left, longest / 2) })
    const dead = said.some(({ obstacle }) => obstacle !== undefined)
    if (!dead || rounds.length === 0) rounds.push(said)
    if (dead || (!pair.random && !pair.labels && performance.now() - began > LONG)) break
  }
  drop()
  return stopped() && rounds.length < seeds ? undefined : rounds
}

function resultOf(rounds, { name, rows }) {
  const [ours, ...peers] = rounds[0].map((_, i) => gather(rounds.map((round) => round[i])))
  return { set: name, rows: rows.count, columns: rows.columns.length, ours, peers }
}

/**
 * @param repeats how often what does not depend on a seed is asked. @param timed whether all rows are scored for their time
 * alone. @param longest no further seed is begun after so many ms, and none is waited for much longer
 * @returns {Promise<{set: string, rows: number, ours: object, peers: object[], reasons?: object[]} | undefined>} undefined:
 * stopped before all seeds; `reasons`: what was tried where the two are apart
 */
export async function compareOn({ pair, set, seeds, repeats, ...more }) {
  const varies = pair.random || pair.labels
  const rounds = await askSeeds({ ...more, pair, set, seeds: varies ? seeds : repeats })
  if (rounds === undefined) return undefined
  const result = resultOf(rounds, set)
  if (!isApart(result)) return result
  const reasons = await findReason(pair, async (again, reason) => {
    const asked = reason.seeds ?? reason.orders ?? (varies ? seeds : 1)
    const found = await askSeeds({ ...more, timed: false, pair: again, set, seeds: asked, orders: reason.orders })
    return found && resultOf(found, set)
  })
  return more.stopped() ? undefined : { ...result, reasons }
}
