/** Labelled tables, what is fitted on and what is scored, as both sides get them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom } from '@heedful/detect'
import { splitRows } from '@heedful/detect/evaluate/split'

const READER = '../../apps/heedful/dist/table/read-table.js'
const STANDARD = fileURLToPath(new URL('../../../shared/data', import.meta.url))
/** Columns that say the answer. */
const ANSWERS = ['attack', 'difficulty']

/** `test`: a file of its own; without it 30 % of the rows, as many of each kind, by the seed. */
export const SETS = [
  { name: 'NSL-KDD', train: 'nsl_kdd/KDDTrain+.csv.gz', test: 'nsl_kdd/KDDTest+.csv.gz' },
  { name: 'NSL-KDD, training file alone', train: 'nsl_kdd/KDDTrain+.csv.gz' },
  { name: 'KDD Cup 99', train: 'kddcup99/kddcup99_10_percent.csv.gz', test: 'kddcup99/kddcup99_corrected_test.csv.gz' },
  { name: 'credit card', train: 'fraud/creditcard_ulb_subset.csv.gz' },
]

async function read(folder, file) {
  const path = join(folder, file)
  if (!existsSync(path)) throw new Error(`${path} is not there: name the folder of these public sets by --data FOLDER`)
  const { readTable } = await import(READER)
  return readTable({ path, name: file }, { label: 'label' }, { signal: new AbortController().signal })
}

/** The columns of `names`, categories as places in their dictionaries; those that a dictionary does not hold are missing. */
function take({ rows }, columns) {
  const width = rows.columns.length
  const places = columns.map(({ name }) => rows.columns.findIndex((column) => column.name === name))
  const data = new Float64Array(rows.count * columns.length)
  for (const [j, column] of columns.entries()) {
    const own = rows.columns[places[j]]
    const known = column.categories && new Map(column.categories.map((category, i) => [category, i]))
    const translate = known && own.categories.map((category) => known.get(category) ?? Number.NaN)
    for (let row = 0; row < rows.count; row++) {
      const value = rows.data[row * width + places[j]]
      data[row * columns.length + j] = translate ? (translate[value] ?? Number.NaN) : value
    }
  }
  return data
}

/** The kind of attack of every row, where a column says it. */
function kindsOf({ rows }) {
  const at = rows.columns.findIndex(({ name }) => name === 'attack')
  if (at < 0) return undefined
  const { categories } = rows.columns[at]
  return Array.from({ length: rows.count }, (_, row) => categories[rows.data[row * rows.columns.length + at]])
}

const pick = (data, width, rows) => {
  const taken = new Float64Array(rows.length * width)
  for (const [i, row] of rows.entries()) taken.set(data.subarray(row * width, (row + 1) * width), i * width)
  return taken
}

/** @returns {Promise<{columns, parts: (seed: number) => {fit, labels, score, truth, kinds?}, known?: Set<string>}>} */
export async function openSet({ train, test }, folder) {
  const place = folder || STANDARD
  const first = await read(place, train)
  const columns = first.rows.columns.filter(({ name }) => !ANSWERS.includes(name))
  const data = take(first, columns)
  if (test === undefined) {
    return {
      columns,
      parts(seed) {
        const { fitted, scored } = splitRows('supervised', first, createRandom(seed).split('bench supervised'))
        const of = (rows) => Float64Array.from(rows, (row) => first.labels[row])
        const width = columns.length
        return {
          ...{ fit: pick(data, width, fitted), labels: of(fitted) },
          ...{ score: pick(data, width, scored), truth: of(scored) },
        }
      },
    }
  }
  const second = await read(place, test)
  const whole = { fit: data, labels: first.labels, score: take(second, columns), truth: second.labels }
  return { columns, known: new Set(kindsOf(first)), parts: () => ({ ...whole, kinds: kindsOf(second) }) }
}
