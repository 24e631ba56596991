/** Recorded from scikit-learn 1.9.1: RobustScaler(unit_variance=True), StandardScaler, SimpleImputer. */
import { expect, test } from 'vitest'
import { categoryRows } from '../contracts/category-rows.ts'
import { numberRows, type Rows } from '../contracts/rows.ts'
import { categoryEncoder } from './category-encoder.ts'
import { imputer } from './imputer.ts'
import { robustScaler } from './robust-scaler.ts'
import { standardScaler } from './standard-scaler.ts'

const N = Number.NaN
const SAMPLE = numberRows(['a', 'b'], Float64Array.of(1, 200, 2, 180, 3, N, 4, 210, 100, 190, 2, 205, N, 180))

// biome-ignore format: one row a line
const STANDARD = [
  -0.48554428449226483, 0.4987293499153683,
  -0.45806064574741967, -1.2111998497944632,
  -0.4305770070025745, N,
  -0.40309336825772935, 1.353693949770284,
  2.2353359512474076, -0.3562352499395474,
  -0.45806064574741967, 0.9262116498428262,
  N, -1.2111998497944632,
]
// biome-ignore format: one row a line
const ROBUST = [
  -1.1562681431932829, 0.3174069412687443,
  -0.385422714397761, -0.952220823806233,
  0.385422714397761, N,
  1.1562681431932829, 0.952220823806233,
  75.15742930756339, -0.3174069412687443,
  -0.385422714397761, 0.6348138825374886,
  N, -0.952220823806233,
]
// biome-ignore format: one row a line
const IMPUTED = [
  1, 200, 0, 0,
  2, 180, 0, 0,
  3, 195, 0, 1,
  4, 210, 0, 0,
  100, 190, 0, 0,
  2, 205, 0, 0,
  2.5, 180, 1, 0,
]
const FREQUENT = [1, 200, 2, 180, 3, 180, 4, 210, 100, 190, 2, 205, 2, 180]

function expectClose(actual: Float64Array, expected: number[]): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(expected[i])) expect(actual[i]).toBeNaN()
    else expect(actual[i]).toBeCloseTo(expected[i]!, 12)
  }
}

/** Countries and agents, with a missing one. */
const TABLE = categoryRows(
  ['country', 'agent'],
  [
    ['SE', 'curl'],
    ['SE', 'ssh'],
    ['NO', 'ssh'],
    ['SE', null],
  ],
)

test('scalers agree with scikit-learn, and missing stays missing', () => {
  expectClose(standardScaler.fit(SAMPLE).prepare(SAMPLE).data, STANDARD)
  expectClose(robustScaler.fit(SAMPLE).prepare(SAMPLE).data, ROBUST)
})

test('a column whose spread is 0 falls back: IQR, MAD, mean deviation, centred only', () => {
  const scaleOf = (values: number[], spread: 'iqr' | 'mad') => {
    const fitted = robustScaler.fit(numberRows(['x'], Float64Array.from(values)), { params: { spread } })
    const [low, high] = fitted.prepare(numberRows(['x'], Float64Array.of(0, 1))).data
    return 1 / (high! - low!)
  }
  expect(scaleOf([5, 5, 5, 5, 5, 5, 5, 5, 5, 25], 'mad')).toBeCloseTo(1.2533141373155 * 2, 10)
  expect(scaleOf([5, 5, 5, 5, 5, 5, 5, 5, 5, 25], 'iqr')).toBeCloseTo(1.2533141373155 * 2, 10)
  expect(scaleOf([0, 0, 0, 0, 0, 1, 1, 1, 0], 'mad')).toBeCloseTo(1.4826022185056 / 2, 10)
  expect(scaleOf([7, 7, 7], 'iqr')).toBe(1)
  // A spread that is rounding alone: 0.1 + 0.2 beside 0.3.
  expect(scaleOf([0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2], 'iqr')).toBe(1)
})

test('the imputer agrees with scikit-learn, with and without indicator', () => {
  const filled = imputer.fit(SAMPLE, { params: { indicator: true } })
  expectClose(filled.prepare(SAMPLE).data, IMPUTED)
  expect(filled.columns.map(({ name }) => name)).toEqual(['a', 'b', 'a missing', 'b missing'])
  const frequent = imputer.fit(SAMPLE, { params: { strategy: 'most-frequent' } })
  expectClose(frequent.prepare(SAMPLE).data, FREQUENT)
  const constant = imputer.fit(SAMPLE, { params: { strategy: 'constant', constant: -1 } })
  expect(constant.prepare(SAMPLE).data[5]).toBe(-1)
})

test('a missing category becomes the most frequent one, or "unseen"', () => {
  const agent = (row: Rows) => row.data[7]
  expect(agent(imputer.fit(TABLE).prepare(TABLE))).toBe(1)
  expect(agent(imputer.fit(TABLE, { params: { strategy: 'constant' } }).prepare(TABLE))).toBe(2)
  const nothing = categoryRows(['x'], [[null], [null]])
  expect([...imputer.fit(nothing).prepare(nothing).data]).toEqual([0, 0])
})

test('rarity codes: the rarer the higher, unseen highest, missing stays missing', () => {
  const fitted = categoryEncoder.fit(TABLE)
  const asked = categoryRows(
    ['agent', 'country'],
    [
      ['ssh', 'SE'],
      ['wget', 'FI'],
      [null, 'NO'],
    ],
  )
  expectClose(fitted.prepare(asked).data, [
    ...[Math.log(7 / 4), Math.log(6 / 3)],
    ...[Math.log(7), Math.log(6)],
    ...[Math.log(7 / 2), N],
  ])
})

test('frequencies: of the rows that have a value; unseen is 0, missing stays missing', () => {
  const fitted = categoryEncoder.fit(TABLE, { params: { encoding: 'frequency' } })
  const asked = categoryRows(
    ['country', 'agent'],
    [
      ['SE', 'ssh'],
      ['FI', null],
    ],
  )
  expectClose(fitted.prepare(asked).data, [3 / 4, 2 / 3, 0, N])
  const nothing = categoryRows(['x'], [[null]])
  expect([...categoryEncoder.fit(nothing, { params: { encoding: 'frequency' } }).prepare(nothing).data]).toEqual([N])
})

test('one-hot: the most frequent have a column of their own, all others and unseen ones share one', () => {
  const fitted = categoryEncoder.fit(TABLE, { params: { encoding: 'one-hot', most: 1 } })
  expect(fitted.columns.map(({ name }) => name)).toEqual([
    'country = SE',
    'country = other',
    'agent = ssh',
    'agent = other',
  ])
  const asked = categoryRows(
    ['country', 'agent'],
    [
      ['SE', 'curl'],
      ['FI', null],
    ],
  )
  expectClose(fitted.prepare(asked).data, [1, 0, 0, 1, 0, 1, N, N])
  expect(fitted.origins.flat().map(({ column }) => column)).toEqual([0, 0, 1, 1])
})

test('column names that collide are told apart', () => {
  const rows = numberRows(['a', 'a missing'], Float64Array.of(N, 1, 2, 3))
  const { columns } = imputer.fit(rows, { params: { indicator: true } })
  expect(columns.map(({ name }) => name)).toEqual(['a', 'a missing', 'a missing (2)'])
})

test('text tables: equal tables give equal rows, hostile names are names like any other', () => {
  const rows = categoryRows(['x'], [['constructor'], ['__proto__'], ['$a'], ['constructor']])
  expect([...rows.data]).toEqual([2, 1, 0, 2])
  expect(() => categoryRows(['x', 'y'], [['a']])).toThrow('row 0 has 1 values for 2 columns')
})
