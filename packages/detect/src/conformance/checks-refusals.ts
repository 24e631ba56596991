/** Promises about what is refused: rows and lessons that say nothing sound, models that are not whole, fits that are stopped. */
import type { Lesson } from '../contracts/algorithm.ts'
import { decode } from '../contracts/codec.ts'
import { HeedfulError } from '../contracts/errors.ts'
import type { Plain } from '../contracts/plain.ts'
import { type Column, pickRows, type Rows } from '../contracts/rows.ts'
import type { Check } from './checks.ts'
import { bytesOf, must } from './expect.ts'
import type { Trial } from './subject.ts'

/** The code of the error that refuses it; undefined where nothing does, or what is thrown is a crash. */
async function refusalOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run()
    return undefined
  } catch (error) {
    return error instanceof HeedfulError ? error.code : undefined
  }
}

/** Errors that speak of our own mistakes, not of what was given. */
const OUR_MISTAKES = ['detector-invalid', 'score-not-finite', 'promise-broken']

async function mustRefuse(what: string, run: () => unknown): Promise<void> {
  const code = await refusalOf(run)
  must(code !== undefined && !OUR_MISTAKES.includes(code), () => `${what}: ${code ?? 'it was taken, or it crashed'}`)
}

const withValue = (rows: Rows, value: number): Rows => ({ ...rows, data: rows.data.map((old, i) => (i ? old : value)) })

function badRows(rows: Rows): readonly (readonly [string, Rows])[] {
  const [first, ...others] = rows.columns as readonly [Column, ...Column[]]
  return [
    ['no rows', pickRows(rows, [])],
    ['no columns', { columns: [], count: rows.count, data: new Float64Array(0) }],
    ['two columns of one name', { ...rows, columns: [first, ...others.map((one) => ({ ...one, name: first.name }))] }],
    ['fewer values than rows', { ...rows, count: rows.count + 1 }],
    ['an infinite value', withValue(rows, Number.POSITIVE_INFINITY)],
    ...(first.type === 'category' ? [['no such category', withValue(rows, first.categories.length + 1)] as const] : []),
  ]
}

function badLessons(count: number, needsLabels: boolean): readonly (readonly [string, Lesson])[] {
  const filled = (value: number) => new Float64Array(count).fill(value)
  return [
    ['labels that are not 0, 1 or NaN', { labels: filled(2) }],
    ['labels of other rows', { labels: new Float64Array(count + 1) }],
    ['weights below 0', { weights: filled(-1) }],
    ['weights that are all 0', { weights: filled(0) }],
    ['weights whose sum is no number', { weights: filled(Number.MAX_VALUE) }],
    ...(needsLabels ? [['no anomalies', { labels: filled(0) }] as const, ['no labels', {}] as const] : []),
  ]
}

const sound: Check = {
  promise: 'Rows, columns, labels and weights that are not sound are refused with a code and a sentence.',
  async run({ detector, subject, scenario: { train, normal, lesson = {} }, fit }) {
    const params = subject.params ?? {}
    for (const [what, rows] of badRows(train)) {
      if (train.columns.length === 1 && what.startsWith('two')) continue
      await mustRefuse(`fitted on ${what}`, () => detector.fit(rows, { params, lesson }))
    }
    for (const [what, bad] of badLessons(train.count, detector.learnsFrom === 'labels'))
      await mustRefuse(`taught by ${what}`, () => detector.fit(train, { params, lesson: bad }))
    const model = await fit()
    await mustRefuse('asked about an infinite value', () => model.score(withValue(normal, Number.NEGATIVE_INFINITY)))
    const renamed = normal.columns.map((column, j) => (j ? column : { ...column, name: 'another' }))
    await mustRefuse('asked without a column', () => model.score({ ...normal, columns: renamed }))
  },
}

type Record = { readonly [key: string]: Plain }

const isRecord = (value: Plain | undefined): value is Record =>
  typeof value === 'object' &&
  value !== null &&
  !ArrayBuffer.isView(value) &&
  !Array.isArray(value) &&
  !(value instanceof Map)

/** Parts that hold something: numbers and texts may be anything of their kind. */
const isPart = (value: Plain | undefined): boolean => typeof value === 'object' && value !== null

/** A saved model without one of its parts, or with nothing in its place; with its name. */
function* spoiled(saved: Record): Generator<readonly [string, Record]> {
  for (const [name, value] of Object.entries(saved)) {
    const { [name]: _, ...rest } = saved
    yield [`without ${name}`, rest]
    if (isPart(value)) yield [`with nothing as ${name}`, { ...rest, [name]: null }]
  }
  const { state } = saved
  if (!isRecord(state)) return
  for (const [name, value] of Object.entries(state)) {
    if (!isPart(value)) continue
    const { [name]: _, ...rest } = state
    yield [`without state.${name}`, { ...saved, state: rest }]
    yield [`with nothing as state.${name}`, { ...saved, state: { ...rest, [name]: null } }]
  }
}

const TRIES = 12

const whole: Check = {
  promise:
    'A model that is cut short, changed in one byte, or without one of its parts is refused, and nothing crashes.',
  async run({ detector, fit }) {
    const bytes = bytesOf(await fit())
    for (let i = 0; i < TRIES; i++) {
      const at = Math.floor((i * bytes.length) / TRIES)
      await mustRefuse(`cut to ${at} bytes`, () => detector.load(decode(bytes.subarray(0, at))))
      const changed = bytes.slice()
      changed[at] = (changed[at] as number) ^ 1
      await mustRefuse(`byte ${at} changed`, () => detector.load(decode(changed)))
    }
    for (const [what, saved] of spoiled(decode(bytes) as Record)) await mustRefuse(what, () => detector.load(saved))
  },
}

async function stops({ detector, subject, scenario: { train, lesson = {} } }: Trial, early: boolean): Promise<void> {
  const signal = { aborted: early }
  let ticks = 0
  const tick = async () => {
    ticks++
    signal.aborted = true
  }
  const job = { signal, due: () => true, tick }
  const code = await refusalOf(() => detector.fit(train, { lesson, params: subject.params ?? {}, job }))
  const when = early ? 'before it began' : 'at its first tick'
  must(code === 'fit-aborted', () => `stopped ${when}: ${code ?? 'it went on to its end'}`)
  must(ticks === (early ? 0 : 1), () => `stopped ${when}, it ticked ${ticks} times`)
}

const stopping: Check = {
  promise: 'A fit that is stopped ends: it looks at its signal before and while it works.',
  async run(trial) {
    await stops(trial, true)
    await stops(trial, false)
  },
}

export const refusalChecks = {
  'unsound-input-is-refused': sound,
  'damaged-models-are-refused': whole,
  'a-stopped-fit-ends': stopping,
} satisfies { [name: string]: Check }
