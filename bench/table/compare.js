/** One of our detectors beside its peers on one set: every seed, side by side, measured by one ruler. */
import { createRandom, numberRows } from '@heedful/detect'
import { averagePrecision } from '@heedful/detect/metrics/average-precision'
import { rocAuc } from '@heedful/detect/metrics/roc-auc'
import { median } from '../attacks/statistics.js'
import { partsOf } from './sets.js'

/** Seeds of the detectors; those of our side and a peer's have nothing to do with each other. */
const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1)
/** Beyond so many milliseconds on both sides together, a pair without randomness is asked once. */
const LONG = 3000

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
async function askAll({ pair, seed, parts, files, timed, sides, scratch }) {
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
      return measure(await ours.ask(task), scratch, out, parts.labels)
    },
    ...(peers === undefined ? [] : pair.peers).map((peer) => async () => {
      const out = scratch.path()
      return measure(await peers.ask({ ...shared, peer, out }), scratch, out, parts.labels)
    }),
  ]
  const said = new Array(asks.length)
  const order = seed % 2 === 0 ? asks.keys() : [...asks.keys()].reverse()
  for (const i of order) said[i] = await asks[i]()
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

/**
 * @param repeats how often what does not depend on a seed is asked. @param timed whether all rows are scored for their time alone
 * @returns {Promise<{set: string, rows: number, ours: object, peers: object[]} | undefined>} undefined: stopped before all seeds
 */
export async function compareOn({ pair, set, seeds, repeats, timed, sides, scratch, stopped }) {
  const varies = pair.random || pair.labels
  const rounds = []
  let files
  let parts
  const drop = () => {
    for (const path of new Set(Object.values(files ?? {}))) if (path !== null) scratch.drop(path)
  }
  for (const seed of SEEDS.slice(0, varies ? seeds : repeats)) {
    if (stopped()) {
      drop()
      return undefined
    }
    if (parts === undefined || pair.labels) {
      drop()
      parts = partsOf(set, pair.labels, seed)
      files = writeParts(scratch, parts)
    }
    const began = performance.now()
    rounds.push(await askAll({ pair, seed, parts, files, timed, sides, scratch }))
    const dead = rounds[0].some(({ obstacle }) => obstacle !== undefined)
    if (dead || (!varies && performance.now() - began > LONG)) break
  }
  drop()
  const [ours, ...peers] = rounds[0].map((_, i) => gather(rounds.map((round) => round[i])))
  return { set: set.name, rows: set.rows.count, columns: set.rows.columns.length, ours, peers }
}
