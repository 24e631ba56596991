import { HeedfulError } from '../contracts/errors.ts'
import type { Detector } from '../contracts/model.ts'
import { createRandom, type Random } from '../contracts/random.ts'
import type { CategoryColumn, Column, NumberColumn, Rows } from '../contracts/rows.ts'
import type { Scenario } from './subject.ts'

/** How far away, in standard deviations, a planted number is. */
const FAR = 12

const number = (name: string): NumberColumn => ({ name, type: 'number' })
const category = (name: string, size: number): CategoryColumn => ({
  ...{ name, type: 'category' },
  categories: Array.from({ length: size }, (_, i) => `${name}-${i}`),
})

const NUMBERS: readonly Column[] = [number('bytes'), number('count'), number('pause'), number('length')]
const CATEGORIES: readonly Column[] = [category('place', 5), category('agent', 4), category('constructor', 3)]

function columnsFor(detector: Detector): readonly Column[] {
  if (detector.columns === 'number') return NUMBERS
  return detector.columns === 'category' ? CATEGORIES : [...NUMBERS, ...CATEGORIES]
}

/** Normal values: standard normals; categories of which each is half as common as the one before. The last one stays unused. */
function ordinary(column: Column, random: Random): number {
  if (column.type === 'number') return random.normal()
  return Math.min(column.categories.length - 2, Math.floor(-Math.log2(1 - random.next())))
}

/** A number far out, or the category that nobody used. */
function strange(column: Column, random: Random): number {
  if (column.type === 'category') return column.categories.length - 1
  return (random.integer(2) === 0 ? -1 : 1) * (FAR + random.next())
}

function ordinaryRows(columns: readonly Column[], count: number, random: Random): Rows {
  const width = columns.length
  const data = Float64Array.from({ length: count * width }, (_, i) => ordinary(columns[i % width] as Column, random))
  return { columns, count, data }
}

/** Tables of numbers, of categories, or of both, with one strange value in each planted row. */
export function tableScenario(detector: Detector, seed: number): Scenario {
  if (detector.kind !== 'table' || detector.learnsFrom === 'labels') {
    const what = detector.kind !== 'table' ? `kind "${detector.kind}"` : 'detectors that learn from labels'
    throw new HeedfulError(
      'promise-broken',
      `${detector.id}: the suite plants nothing for ${what}; give subject.scenario`,
    )
  }
  const random = createRandom(seed).split('scenario')
  const columns = columnsFor(detector)
  const planted = ordinaryRows(columns, 40, random)
  const plantedIn = Int32Array.from({ length: planted.count }, (_, row) => row % columns.length)
  for (const [row, j] of plantedIn.entries())
    planted.data[row * columns.length + j] = strange(columns[j] as Column, random)
  return { train: ordinaryRows(columns, 600, random), normal: ordinaryRows(columns, 200, random), planted, plantedIn }
}
