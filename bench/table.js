/**
 * Detectors of tables beside PyOD and scikit-learn: accuracy, time and memory on labelled sets.
 */
import { heedInterrupt } from './measured/interrupt.js'
import { readWords } from './measured/options.js'
import { writeResult } from './measured/write.js'
import { choosePairs } from './table/choose-pairs.js'
import { compareOn, warmUp } from './table/compare.js'
import { openKept } from './table/kept.js'
import { lineOf, report } from './table/report.js'
import { cutSet, findSets, readSet } from './table/sets.js'
import { openOurs, openPeers, openScratch } from './table/sides.js'

const HELP = `npm run bench -- table [options]
  --sets a,b          names of sets, as annthyroid,cover (default all)
  --detectors a,b     ours (default all that read tables of numbers)
  --seeds 10          of methods with randomness
  --data FOLDER       CSV files with a column "label" (default $HEEDFUL_TABLES, or ../shared/data/adbench)
  --most-rows N       leave out sets with more rows
  --longest 600       seconds that a detector and its peers may take on one set: no further seed is begun afterwards, and
                      an answer that takes longer is not waited for
  --accuracy          no times: one peer a detector, what has no randomness once (for a machine that others use)
  --resume            go on where the last run with the same words was stopped
  --without-peers     ours alone
  --json              results as JSON on standard output
  --write             keep the report in bench/results/table.md
The peers are installed, pinned, into a folder of the user's cache ($HEEDFUL_PEERS names another).`

function readOptions(words) {
  const texts = {
    sets: '',
    detectors: '',
    seeds: '10',
    data: '',
    'most-rows': '1e9',
    longest: '600',
  }
  const values = readWords(words, texts, ['without-peers', 'accuracy', 'resume', 'json'])
  return { ...values, sets: values.sets.split(',').filter((name) => name !== ''), seeds: Number(values.seeds) }
}

/** `24 of 28` where some were left out. */
function countOf(pairs, sets) {
  const measured = new Set(pairs.flatMap(({ results }) => results.map(({ set }) => set))).size
  return measured === sets.length ? `${measured}` : `${measured} of ${sets.length}`
}

/** Several peers of one detector rest on the same code: their accuracy is one. */
const withOnePeer = (pair) => ({ ...pair, peers: pair.peers.slice(0, 1) })

async function compareSets(sets, pairs, kept, options, tools) {
  for (const { pair } of pairs) await warmUp({ ...tools, pair })
  for (const [i, place] of sets.entries()) {
    const set = await readSet(place)
    if (set.rows.count > Number(options['most-rows'])) continue
    console.error(`\n${place.name}, ${set.rows.count} × ${set.rows.columns.length} (${i + 1} of ${sets.length})`)
    for (const { pair, results } of pairs) {
      const known = kept.find(pair, place.name)
      const taken = pair.quadratic ? cutSet(set) : set
      const measure = {
        ...{ seeds: options.seeds, repeats: options.accuracy ? 1 : 3, timed: !options.accuracy },
        longest: 1000 * Number(options.longest),
      }
      const result = known ?? (await compareOn({ ...tools, pair, set: taken, ...measure }))
      if (result === undefined) return
      if (known === undefined) kept.add(pair, result)
      results.push(result)
      console.error(lineOf(pair, result))
    }
  }
}

export async function main(words) {
  const options = readOptions(words)
  if (options.help) return console.log(HELP)
  const stopped = heedInterrupt()
  const sets = findSets(options.data, options.sets)
  const chosen = await choosePairs(options.detectors)
  const pairs = chosen.map((pair) => ({ pair: options.accuracy ? withOnePeer(pair) : pair, results: [] }))
  const kept = openKept(options)
  const peers = options['without-peers'] ? undefined : await openPeers()
  const ours = openOurs()
  const tools = { sides: { ours, peers }, scratch: openScratch(), stopped }
  try {
    await compareSets(sets, pairs, kept, options, tools)
  } finally {
    ours.close()
    peers?.close()
  }
  const text = report(pairs, { versions: peers?.versions, sets: countOf(pairs, sets), times: !options.accuracy })
  if (options.json) console.log(JSON.stringify(pairs))
  else console.log(`\n${text}`)
  if (options.write && !stopped())
    writeResult('table', 'Detectors of tables', `npm run bench -- table ${words.join(' ')}`, text)
  if (stopped()) process.exitCode = 130
}
