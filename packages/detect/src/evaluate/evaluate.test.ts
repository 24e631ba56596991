import { expect, it, test } from 'vitest'
import { defineDetector } from '../contracts/define-detector.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { real } from '../contracts/params.ts'
import type { Preparer } from '../contracts/preparation.ts'
import { createRandom } from '../contracts/random.ts'
import { numberRows, type Rows } from '../contracts/rows.ts'
import { imputer } from '../prepare/imputer.ts'
import { principalComponents } from '../prepare/principal-components.ts'
import { evaluate } from './evaluate.ts'
import { type Protocol, splitRows } from './split.ts'
import { suited } from './suited.ts'

const COUNT = 400
/** Every tenth row is an anomaly: far out in its first column. */
const labels = Float64Array.from({ length: COUNT }, (_, row) => (row % 10 === 3 ? 1 : 0))
const random = createRandom('evaluate.test')
const rows = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 2 * COUNT }, (_, i) => random.normal() + (i % 2 === 0 ? 9 * labels[i >> 1]! : 0)),
)
const time = Float64Array.from({ length: COUNT }, (_, row) => (row * 7919) % 100)
const group = Int32Array.from({ length: COUNT }, (_, row) => (row * row) % 23)

/** How far from the mean of the rows it was fitted on; remembers how many there were, and what it was told. */
const told: { count: number; labelled: number }[] = []
const distance = defineDetector({
  id: 'distance',
  version: 1,
  summary: 'Distance from the mean.',
  reference: 'none',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params: { reach: real(1, 0.1, 10, 'a factor') },
  fit({ count, data, columns }: Rows, lesson, { reach }) {
    told.push({ count, labelled: lesson.labels?.length ?? 0 })
    const mean = columns.map((_, j) => data.reduce((sum, v, i) => sum + (i % columns.length === j ? v : 0), 0) / count)
    return { mean, reach }
  },
  open: (state: { mean: number[]; reach: number }) => ({
    score: ({ data, count }) => {
      const width = state.mean.length
      return Float64Array.from({ length: count }, (_, row) =>
        state.mean.reduce((sum, m, j) => sum + state.reach * Math.abs(data[row * width + j]! - m), 0),
      )
    },
    save: () => state,
  }),
})

const split = (protocol: Protocol, seed = 1) => splitRows(protocol, { labels, time, group }, createRandom(seed))

test('unsupervised: fitted on what is scored, without labels', () => {
  const { fitted, scored, labelled } = split('unsupervised')
  expect(fitted).toEqual(Int32Array.from({ length: COUNT }, (_, row) => row))
  expect(scored).toEqual(fitted)
  expect(labelled).toBe(false)
})

test('novelty: half of the normal rows, and no other, are fitted on; the rest is scored', () => {
  const { fitted, scored, labelled } = split('novelty')
  expect(fitted.length).toBe(180)
  expect(fitted.every((row) => labels[row] === 0)).toBe(true)
  expect(new Set([...fitted, ...scored]).size).toBe(COUNT)
  expect(scored.length).toBe(COUNT - 180)
  expect(labelled).toBe(false)
})

test('supervised: 70 % of each kind', () => {
  const { fitted, scored, labelled } = split('supervised')
  expect(fitted.filter((row) => labels[row] === 1).length).toBe(28)
  expect(fitted.filter((row) => labels[row] === 0).length).toBe(252)
  expect(new Set([...fitted, ...scored]).size).toBe(COUNT)
  expect(labelled).toBe(true)
})

test('time: everything that is fitted on is earlier than everything that is scored', () => {
  const { fitted, scored } = split('time')
  expect(Math.max(...fitted.map((row) => time[row]!))).toBeLessThan(Math.min(...scored.map((row) => time[row]!)))
  expect(fitted.length).toBe(280)
  expect(fitted.length + scored.length).toBe(COUNT)
})

test('group: none is on both sides', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { fitted, scored } = split('group', seed)
    const taught = new Set(Array.from(fitted, (row) => group[row]))
    expect(Array.from(scored).filter((row) => taught.has(group[row]))).toEqual([])
    expect(fitted.length + scored.length).toBe(COUNT)
    expect(Math.abs(fitted.length / COUNT - 0.7)).toBeLessThan(0.12)
  }
})

test('the seed decides the parts', () => {
  for (const protocol of ['novelty', 'supervised', 'group'] as const) {
    expect(split(protocol, 1)).toEqual(split(protocol, 1))
    expect(split(protocol, 1)).not.toEqual(split(protocol, 2))
  }
})

test('rows without a label are never measured', () => {
  const few = labels.map((label, row) => (row % 2 === 0 ? label : Number.NaN))
  for (const protocol of ['novelty', 'supervised'] as const) {
    const known = { labels: few.map((label, row) => (row === 2 ? 1 : label)) }
    const { scored } = splitRows(protocol, { labels: known.labels.map((l, row) => (row === 4 ? 1 : l)) }, random)
    expect(scored.every((row) => row % 2 === 0)).toBe(true)
  }
})

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof HeedfulError ? `${error.code}: ${error.message}` : String(error)
  }
  return 'nothing'
}

test('what cannot be split is refused', () => {
  const some = { labels: Float64Array.of(0, 0, 0, 1) }
  expect(codeOf(() => splitRows('time', some, random))).toContain('split-impossible: protocol time needs a time')
  expect(codeOf(() => splitRows('group', some, random))).toContain('needs a group')
  expect(codeOf(() => splitRows('supervised', { labels: new Float64Array(9) }, random))).toContain('no anomaly')
  expect(codeOf(() => splitRows('unsupervised', { labels: Float64Array.of(1) }, random))).toContain('no normal row')
  const known = { ...some, time: Float64Array.of(1, 1, 1, 1) }
  expect(codeOf(() => splitRows('time', known, random))).toContain('no rows to fit on')
})

it('measures: all anomalies found, and what it was told depends on the protocol', async () => {
  told.length = 0
  for (const protocol of ['unsupervised', 'novelty', 'supervised', 'time', 'group'] as const) {
    const found = await evaluate(distance, rows, { labels, time, group }, { protocol, seed: 3 })
    if ('obstacle' in found) throw new Error(found.obstacle)
    expect(found.rocAuc).toBeGreaterThan(0.98)
    expect(found.averagePrecision).toBeGreaterThan(0.9)
    expect(found.scores.length).toBe(found.labels.length)
    const labelled = protocol !== 'unsupervised' && protocol !== 'novelty'
    expect(told.at(-1)).toEqual({ count: found.fitted, labelled: labelled ? found.fitted : 0 })
  }
})

it('puts an imputer and an encoder before a detector that needs them, and hands its parameters through', async () => {
  const data = rows.data.slice()
  data[7] = Number.NaN
  for (let row = 0; row < COUNT; row++) data[2 * row + 1] = row % 3
  const columns = [
    { name: 'x', type: 'number' },
    { name: 'colour', type: 'category', categories: ['blue', 'green', 'red'] },
  ] as const
  const mixed: Rows = { columns, count: COUNT, data: data.map((v, i) => (i === 6 ? Number.NaN : v)) }
  const found = await evaluate(distance, mixed, { labels }, { params: { reach: 2 } })
  if ('obstacle' in found) throw new Error(found.obstacle)
  expect(found.preparation).toEqual(['imputer', 'category-encoder'])
  expect(found.rocAuc).toBeGreaterThan(0.98)
  const twice = await evaluate(distance, mixed, { labels }, { params: { reach: 4 } })
  if ('obstacle' in twice) throw new Error(twice.obstacle)
  for (const [i, score] of twice.scores.entries()) expect(score).toBeCloseTo(2 * found.scores[i]!, 9)
})

it('says where an imputer that is named has to stand, and puts no second one before it', () => {
  expect(suited(distance, rows, true, [principalComponents, imputer] as Preparer[])).toEqual({
    obstacle: expect.stringContaining('name imputer first'),
  })
  expect(suited(distance, rows, true, [imputer, principalComponents] as Preparer[])).toMatchObject({
    preparation: ['imputer', 'principal-components'],
  })
})

it('names the obstacle where a detector cannot be had', async () => {
  const supervised = { ...distance, learnsFrom: 'labels' as const }
  expect(await evaluate(supervised, rows, { labels })).toMatchObject({ obstacle: expect.stringContaining('labels') })
  const categories = { ...distance, columns: 'category' as const }
  expect(await evaluate(categories, rows, { labels })).toMatchObject({ obstacle: expect.stringContaining('"x"') })
  const series = { ...distance, kind: 'series' as const }
  expect(await evaluate(series, rows, { labels })).toMatchObject({ obstacle: expect.stringContaining('series') })
})

it('stops between two blocks of scores', async () => {
  const signal = { aborted: false }
  const job = {
    signal,
    due: () => true,
    tick: () => {
      signal.aborted = true
      return Promise.resolve()
    },
  }
  await expect(evaluate(distance, rows, { labels }, { job })).rejects.toMatchObject({ code: 'fit-aborted' })
})
