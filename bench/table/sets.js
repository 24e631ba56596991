/** Labelled tables that are compared on: which there are, which share a source, and their rows as both sides get them. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom, pickRows } from '@heedful/detect'
import { splitRows } from '@heedful/detect/evaluate/split'
import { createSampler } from '@heedful/detect/numerics/sample-rows'

const READER = '../../apps/heedful/dist/table/read-table.js'
const STANDARD = fileURLToPath(new URL('../../../shared/data/adbench', import.meta.url))

/** Sets made of one source count once in a mean. */
const SOURCES = new Map(
  Object.entries({
    thyroid: ['2_annthyroid', '38_thyroid'],
    breast: ['4_breastw', '42_WBC'],
    cardio: ['6_cardio', '7_Cardiotocography'],
    satellite: ['19_landsat', '30_satellite', '31_satimage-2'],
    kdd: ['16_http', '34_smtp', 'kddcup99'],
    glass: ['14_glass', 'odds_glass'],
    ionosphere: ['18_Ionosphere', 'odds_ionosphere'],
  }).flatMap(([source, names]) => names.map((name) => [name, source])),
)

/** Rows of a set that quadratic methods get. */
export const CUT = 10_000

export const sourceOf = (name) => SOURCES.get(name) ?? name

/** @returns {{name: string, path: string}[]} Throws a sentence where the folder or a set is not there. */
export function findSets(folder, wanted) {
  const place = folder || process.env.HEEDFUL_TABLES || STANDARD
  if (!existsSync(place)) {
    const way = 'name a folder of CSV files with a column "label" by --data FOLDER or HEEDFUL_TABLES'
    throw new Error(`${place} is not there: ${way} (the public ADBench sets are meant)`)
  }
  const all = readdirSync(place)
    .filter((file) => /\.csv(\.gz)?$/.test(file) && !file.startsWith('published_'))
    .map((file) => ({ name: basename(file).replace(/\.csv(\.gz)?$/, ''), path: join(place, file) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  if (wanted.length === 0) return all
  return wanted.map((name) => {
    const found = all.find((one) => one.name === name) ?? all.find((one) => one.name.endsWith(`_${name}`))
    if (found === undefined)
      throw new Error(`no set "${name}" in ${place}; there are ${all.map((one) => one.name).join(', ')}`)
    return found
  })
}

function pick(labels, rows) {
  return Float64Array.from(rows, (row) => labels[row])
}

function shuffled(count, seed = 'order') {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const random = createRandom('bench table').split(seed)
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

/** Reads a set, its rows shuffled by a fixed seed. */
export async function readSet({ name, path }) {
  const { readTable } = await import(READER)
  const { rows, labels } = await readTable({ path, name }, { label: 'label' }, { signal: new AbortController().signal })
  const odd = rows.columns.find(({ type }) => type !== 'number')
  if (odd !== undefined) throw new Error(`${name}: column "${odd.name}" holds texts; the peers read numbers alone`)
  const order = shuffled(rows.count)
  return { name, rows: pickRows(rows, order), labels: pick(labels, order) }
}

/** The same rows in another order. */
export function inOrder(set, seed) {
  const order = shuffled(set.rows.count, `order ${seed}`)
  return { ...set, rows: pickRows(set.rows, order), labels: pick(set.labels, order) }
}

/** The rows that quadratic methods get: all, or a fixed cut. */
export function cutSet(set, most = CUT) {
  if (set.rows.count <= most) return set
  const kept = createSampler(set.rows.count, most, undefined)(createRandom('bench table').split('cut')).sort()
  return { ...set, rows: pickRows(set.rows, kept), labels: pick(set.labels, kept) }
}

/** What is fitted on and what is scored. With labels: 70 % and the rest by `seed`; without: all rows, the same. */
export function partsOf({ rows, labels }, labelled, seed) {
  if (!labelled) return { fit: rows, score: rows, taught: null, labels }
  const { fitted, scored } = splitRows('supervised', { labels }, createRandom(seed).split('bench table'))
  const part = (kept) => pickRows(rows, kept)
  return { fit: part(fitted), score: part(scored), taught: pick(labels, fitted), labels: pick(labels, scored) }
}
