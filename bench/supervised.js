/**
 * Detectors that learn from labels beside scikit-learn's: network intrusions and card fraud, on the same split.
 */
import { readWords } from './measured/options.js'
import { writeResult } from './measured/write.js'
import { measureScores } from './supervised/measures.js'
import { report } from './supervised/report.js'
import { openSet, SETS } from './supervised/splits.js'
import { pairOf } from './table/peers.js'
import { openOurs, openPeers, openScratch } from './table/sides.js'

const HELP = `npm run bench -- supervised [options]
  --sets a,b          beginnings of names of sets: ${SETS.map(({ name }) => name).join(', ')} (default all)
  --detectors a,b     ours (default gradient-boosting,random-forest)
  --seeds 3
  --longest 900       seconds that one answer may take
  --data FOLDER       where the sets are (default ../shared/data)
  --write             keep the report in bench/results/supervised.md
The peers are installed, pinned, into a folder of the user's cache ($HEEDFUL_PEERS names another).`

function readOptions(words) {
  const texts = {
    sets: '',
    detectors: 'gradient-boosting,random-forest',
    seeds: '3',
    longest: '900',
    data: '',
  }
  const values = readWords(words, texts)
  const list = (value) => value.split(',').filter((one) => one !== '')
  return {
    ...values,
    ...{ sets: list(values.sets), detectors: list(values.detectors) },
    ...{ seeds: Number(values.seeds), longest: 1000 * Number(values.longest) },
  }
}

/** Scores of ours that are log-odds. */
const LOG_ODDS = ['gradient-boosting', 'logistic-regression']
const toShare = (odds) => 1 / (1 + Math.exp(-odds))

/** What is only of some peers: HistGradientBoosting is told which columns are categories. */
function peerOf(pair, columns) {
  const [peer] = pair.peers
  if (!peer?.make.includes('HistGradientBoosting')) return peer
  const categories = columns.map(({ type }) => type === 'category')
  return { ...peer, params: { ...peer.params, ...(categories.includes(true) && { categorical_features: categories }) } }
}

async function askBoth(pair, seed, { set, parts, files, sides, scratch, longest }) {
  const categories = set.columns.map((column) => column.categories ?? null)
  const shared = { ...files, seed, columns: set.columns.length, single: 0, timed: true }
  const measure = (said, out, shareOf) => {
    if (said.obstacle !== undefined) return said
    const scores = scratch.read(out)
    return { ...said, ...measureScores(scores, shareOf && scores.map(shareOf), parts, set.known) }
  }
  const ours = async () => {
    const out = scratch.path()
    const task = { ...shared, out, categories, detector: pair.id, params: pair.params }
    const shareOf = LOG_ODDS.includes(pair.id) ? toShare : pair.id === 'random-forest' ? (share) => share : undefined
    return measure(await sides.ours.ask(task, longest), out, shareOf)
  }
  const theirs = async () => {
    const out = scratch.path()
    return measure(await sides.peers.ask({ ...shared, out, peer: peerOf(pair, set.columns) }, longest), out, (x) => x)
  }
  if (pair.peers.length === 0) return [await ours(), undefined]
  if (seed % 2 === 0) return [await ours(), await theirs()]
  const said = await theirs()
  return [await ours(), said]
}

async function measureSet(place, options, tools) {
  const set = await openSet(place, options.data)
  const pairs = options.detectors.map(pairOf).map((pair) => ({
    ...{ pair, id: pair.id, peer: pair.peers[0]?.name },
    ...{ ours: [], theirs: [] },
  }))
  let shape
  for (let seed = 1; seed <= options.seeds && !tools.stopped(); seed++) {
    const parts = set.parts(seed)
    shape = parts
    const { scratch } = tools
    const files = {
      ...{ fit: scratch.write(parts.fit), score: scratch.write(parts.score), labels: scratch.write(parts.labels) },
    }
    for (const one of pairs) {
      const [ours, theirs] = await askBoth(one.pair, seed, { ...tools, set, parts, files, longest: options.longest })
      one.ours.push(ours)
      if (theirs !== undefined) one.theirs.push(theirs)
      const told = (said) =>
        said &&
        (said.obstacle ?? `AUC ${said.auc.toFixed(4)} loss ${said.loss.toFixed(5)} fit ${said.fitMs.toFixed(0)} ms`)
      console.error(
        `${place.name}, seed ${seed}, ${one.id}: ${told(ours)}${one.peer ? `; ${one.peer}: ${told(theirs)}` : ''}`,
      )
    }
    for (const path of Object.values(files)) scratch.drop(path)
  }
  return { name: place.name, seeds: pairs[0].ours.length, shape, known: set.known, pairs }
}

export async function main(words) {
  const options = readOptions(words)
  if (options.help) return console.log(HELP)
  let stop = false
  process.on('SIGINT', () => {
    if (stop) process.exit(130)
    stop = true
    console.error('\nstopping; what is done is reported')
  })
  const wanted = ({ name }) => options.sets.some((begin) => name.toLowerCase().startsWith(begin.toLowerCase()))
  const sets = options.sets.length === 0 ? SETS : SETS.filter(wanted)
  const peers = await openPeers()
  const sides = { ours: openOurs(), peers }
  const results = []
  try {
    for (const place of sets) {
      if (stop) break
      results.push(await measureSet(place, options, { sides, scratch: openScratch(), stopped: () => stop }))
    }
  } finally {
    sides.ours.close()
    peers.close()
  }
  const text = report(
    results.filter(({ seeds }) => seeds > 0),
    peers.versions,
  )
  console.log(`\n${text}`)
  if (options.write && !stop)
    writeResult(
      'supervised',
      'Detectors that learn from labels',
      `npm run bench -- supervised ${words.join(' ')}`,
      text,
    )
  if (stop) process.exitCode = 130
}
