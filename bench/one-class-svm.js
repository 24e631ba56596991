/**
 * The one-class support vector machine beside LIBSVM: objective, ρ and decision values on labelled sets, and the time to fit.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { columnMoments, scaleOf } from '@heedful/detect/numerics/column-moments'
import { standardiseRows } from '@heedful/detect/numerics/standardise-rows'
import { median } from './attacks/statistics.js'
import { readWords } from './measured/options.js'
import { writeResult } from './measured/write.js'
import { fitOurs } from './one-class-svm/ours.js'
import { cutSet, findSets, readSet } from './table/sets.js'
import { findPython, ONE_THREAD, openScratch } from './table/sides.js'

const HELP = `npm run bench -- one-class-svm [options]
  --sets a,b          names of sets (default glass,breastw,cardio,thyroid,annthyroid,satellite,letter,musk)
  --most-rows 10000   a cut of longer ones
  --rounds 3          fits a side, in turn
  --data FOLDER       CSV files with a column "label" (default $HEEDFUL_TABLES, or ../shared/data/adbench)
  --write             keep the report in bench/results/one-class-svm.md
Columns are scaled first, the same doubles on both sides: to a deviation of 1 for the rbf kernel, to 0 … 1 for the linear one
(among rows centred on the origin its optimum is 0, and what is left is rounding). ν is .5 and .1. Exit status 1 where they disagree by more
than 1e-3: of the objective relative to it, of decision values relative to the largest of the set.`

/** What the two may disagree by. */
const CLOSE = 1e-3
const CASES = ['rbf', 'linear'].flatMap((kernel) => [0.5, 0.1].map((nu) => ({ kernel, nu })))

function readOptions(words) {
  const texts = {
    sets: 'glass,breastw,cardio,thyroid,annthyroid,satellite,letter,musk',
    'most-rows': '10000',
    rounds: '3',
    data: '',
  }
  const values = readWords(words, texts)
  return { ...values, rounds: Number(values.rounds), mostRows: Number(values['most-rows']) }
}

/** scikit-learn's process. */
async function openLibsvm() {
  const script = fileURLToPath(new URL('./one-class-svm/libsvm.py', import.meta.url))
  const child = spawn(findPython(), ['-u', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...ONE_THREAD },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { done, value } = await lines.next()
    if (done) throw new Error('the process of LIBSVM ended')
    return JSON.parse(value)
  }
  const { sklearn } = await next()
  return {
    version: sklearn,
    ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`)
      return next()
    },
    close: () => child.stdin.end(),
  }
}

/** Every column from 0 to 1; a column of one value is 0. */
function toUnit(data, columns) {
  const [least, most] = [new Float64Array(columns).fill(Infinity), new Float64Array(columns).fill(-Infinity)]
  for (const [at, value] of data.entries()) {
    least[at % columns] = Math.min(least[at % columns], value)
    most[at % columns] = Math.max(most[at % columns], value)
  }
  return data.map((value, at) => (value - least[at % columns]) / (most[at % columns] - least[at % columns] || 1))
}

function scaleFor(kernel, data, columns) {
  if (kernel === 'linear') return toUnit(data, columns)
  const { mean, deviation } = columnMoments(data, columns)
  return standardiseRows(data, mean, scaleOf(deviation))
}

const farthest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

async function measureCase({ rows }, { kernel, nu }, { rounds, libsvm, scratch }) {
  const columns = rows.columns.length
  const data = scaleFor(kernel, rows.data, columns)
  const path = scratch.write(data)
  const [ours, theirs] = [[], []]
  for (let round = 0; round < rounds; round++) {
    ours.push(fitOurs(data, columns, { kernel, nu }))
    const out = scratch.path()
    const params = { kernel, nu, gamma: 1 / columns }
    const said = await libsvm.ask({ rows: path, columns, params, out })
    theirs.push({ ...said, decisions: scratch.read(out) })
  }
  scratch.drop(path)
  const [we, they] = [ours[0], theirs[0]]
  return {
    ...{ kernel, nu, vectors: [we.vectors, they.vectors], objective: they.objective },
    objectiveOff: Math.abs(we.objective / they.objective - 1),
    decisionOff: farthest(we.decisions.map((one, i) => one - they.decisions[i])) / farthest(they.decisions),
    fitMs: [median(ours.map(({ fitMs }) => fitMs)), median(theirs.map(({ fitMs }) => fitMs))],
    faster: median(ours.map(({ fitMs }, i) => theirs[i].fitMs / fitMs)),
  }
}

const ms = (value) => value.toFixed(value < 10 ? 1 : 0)

function lineOf(set, one) {
  const far = one.objectiveOff > CLOSE || one.decisionOff > CLOSE ? ' **!**' : ''
  const offs = `${one.objectiveOff.toExponential(1)} | ${one.decisionOff.toExponential(1)}${far}`
  const times = `${ms(one.fitMs[0])} / ${ms(one.fitMs[1])} | ${one.faster.toFixed(2)}×`
  return `| ${set.name} | ${set.rows.count} × ${set.rows.columns.length} | ${one.kernel} | ${one.nu} | ${one.vectors.join(' / ')} | ${one.objective.toPrecision(6)} | ${offs} | ${times} |`
}

const HEAD = [
  '| set | rows × columns | kernel | ν | support vectors, ours / LIBSVM | objective | off, relative | decisions off, of the largest | fit, ms | faster |',
  '|---|---:|---|---:|---:|---:|---:|---:|---:|---:|',
]

export async function main(words) {
  const options = readOptions(words)
  if (options.help) return console.log(HELP)
  const sets = findSets(
    options.data,
    options.sets.split(',').filter((name) => name !== ''),
  )
  const libsvm = await openLibsvm()
  const tools = { rounds: options.rounds, libsvm, scratch: openScratch() }
  const lines = []
  let far = 0
  try {
    for (const place of sets) {
      const set = cutSet(await readSet(place), options.mostRows)
      for (const one of CASES) {
        const found = await measureCase(set, one, tools)
        if (found.objectiveOff > CLOSE || found.decisionOff > CLOSE) far++
        lines.push(lineOf(set, found))
        console.error(lines.at(-1))
      }
    }
  } finally {
    libsvm.close()
  }
  const text = [
    `scikit-learn ${libsvm.version} (LIBSVM), one thread, tolerance 1e-3 on both sides, γ = 1 / columns, columns scaled first (rbf: to a deviation of 1, linear: to 0 … 1).`,
    `${far} of ${lines.length} cases are apart by more than ${CLOSE}.`,
    '',
    ...HEAD,
    ...lines,
    '',
  ].join('\n')
  console.log(`\n${text}`)
  if (options.write)
    writeResult(
      'one-class-svm',
      'One-class SVM beside LIBSVM',
      `npm run bench -- one-class-svm ${words.join(' ')}`,
      text,
    )
  if (far > 0) process.exitCode = 1
}
