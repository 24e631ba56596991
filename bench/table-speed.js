/**
 * How fast detectors of tables fit and score, all rows and one row, beside PyOD and scikit-learn.
 */
import { heedInterrupt } from './measured/interrupt.js'
import { readWords } from './measured/options.js'
import { writeResult } from './measured/write.js'
import { choosePairs } from './table/choose-pairs.js'
import { warmUp } from './table/compare.js'
import { openOurs, openPeers, openScratch } from './table/sides.js'
import { measureSpeed } from './table/speed.js'
import { lineOf, report } from './table/speed-report.js'

const HELP = `npm run bench -- table-speed [options]
  --detectors a,b     ours (default all that have a peer)
  --rounds 5          how often each pair is asked, both sides in turn
  --rows 100000       rows (--quadratic-rows 20000 for methods whose time grows with their square)
  --columns 20
  --single 500        single rows asked, one by one
  --processor         time of the processor in the place of the clock's (fit and score), where others use the machine
  --write             keep the report in bench/results/table-speed.md
The peers are installed, pinned, into a folder of the user's cache ($HEEDFUL_PEERS names another).`

function readOptions(words) {
  const texts = {
    detectors: '',
    rounds: '5',
    rows: '100000',
    'quadratic-rows': '20000',
    columns: '20',
    single: '500',
  }
  const values = readWords(words, texts, ['processor'])
  const [rounds, rows, columns, single] = [values.rounds, values.rows, values.columns, values.single].map(Number)
  return { ...values, rounds, rows, columns, single, quadraticRows: Number(values['quadratic-rows']) }
}

export async function main(words) {
  const options = readOptions(words)
  if (options.help) return console.log(HELP)
  const stopped = heedInterrupt()
  const pairs = (await choosePairs(options.detectors)).filter((pair) => pair.peers.length > 0)
  const peers = await openPeers()
  const sides = { ours: openOurs(), peers }
  const results = []
  try {
    const tools = { sides, scratch: openScratch(), stopped }
    for (const pair of pairs) {
      await warmUp({ ...tools, pair })
      const result = await measureSpeed({ ...tools, pair, options })
      if (result === undefined) break
      results.push(result)
      console.error(lineOf(result))
    }
  } finally {
    sides.ours.close()
    peers.close()
  }
  const text = report(results, { versions: peers.versions, ...options })
  console.log(`\n${text}`)
  const command = `npm run bench -- table-speed ${words.join(' ')}`
  if (options.write && !stopped()) writeResult('table-speed', 'Speed of detectors of tables', command, text)
  if (stopped()) process.exitCode = 130
}
