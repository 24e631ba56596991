/**
 * `auto` beside every single detector, ours and the peers', on labelled sets: without labels, and with few.
 */
import { askFewLabels, askUnlabelled } from './auto/ask.js'
import { report } from './auto/report.js'
import { readSingles } from './auto/singles.js'
import { readWords } from './measured/options.js'
import { writeResult } from './measured/write.js'
import { findSets, readSet } from './table/sets.js'

const HELP = `npm run bench -- auto [options]
  --sets a,b        names of sets (default all that bench/results/table.md has)
  --seeds 5         of auto, and of splits and labels
  --labelled 0.01   share of the training anomalies whose labels are told, at least one
  --beside a,b      detectors without labels beside it on the same splits
  --data FOLDER     CSV files with a column "label" (default $HEEDFUL_TABLES, or ../shared/data/adbench)
  --most-rows N     of a set, with few labels: a fixed cut (default 10000)
  --json            results as JSON on standard output
  --write           keep the report in bench/results/auto.md
What single detectors reach is read from bench/results/table.md (npm run bench -- table); auto is asked about the same rows.`

const BESIDE = 'isolation-forest,loda,cblof,copod,inne,mahalanobis,k-nearest-neighbours'

function readOptions(words) {
  const texts = {
    sets: '',
    labelled: '0.01',
    beside: BESIDE,
    data: '',
    'most-rows': '10000',
    seeds: '5',
  }
  const values = readWords(words, texts, ['json'])
  const list = (given) => given.split(',').filter((name) => name !== '')
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
  const numbers = { labelled: Number(values.labelled), most: Number(values['most-rows']) }
  return { ...values, ...numbers, sets: list(values.sets), beside: list(values.beside), seeds }
}

export async function main(words) {
  const options = readOptions(words)
  if (options.help) return console.log(HELP)
  const singles = readSingles()
  const sets = findSets(options.data, options.sets).filter(({ name }) => singles.sets.includes(name))
  const results = []
  for (const [i, place] of sets.entries()) {
    const set = await readSet(place)
    console.error(`${place.name}, ${set.rows.count} × ${set.rows.columns.length} (${i + 1} of ${sets.length})`)
    const unlabelled = await askUnlabelled(set, options.seeds)
    const few = await askFewLabels(set, options)
    results.push({ set: place.name, rows: set.rows.count, columns: set.rows.columns.length, unlabelled, few })
  }
  const text = report(results, singles, options)
  if (options.json) console.log(JSON.stringify(results))
  else console.log(`\n${text}`)
  if (options.write)
    writeResult('auto', 'auto beside single detectors', `npm run bench -- auto ${words.join(' ')}`, text)
}
