import { expect, test } from 'vitest'
import { conformal } from '../calibrate/conformal.ts'
import { calibrated } from '../contracts/calibrated.ts'
import { categoryRows } from '../contracts/category-rows.ts'
import { decode, encode } from '../contracts/codec.ts'
import { prepared } from '../contracts/prepared.ts'
import { createRandom } from '../contracts/random.ts'
import type { Rows } from '../contracts/rows.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { rarity } from '../detectors/table/rarity.ts'
import { categoryEncoder } from './category-encoder.ts'
import { imputer } from './imputer.ts'
import { robustScaler } from './robust-scaler.ts'

const COUNTRIES = [...new Array<string>(60).fill('SE'), ...new Array<string>(19).fill('NO'), 'DK']

/** Bytes (one in ten missing) and a country. */
function sessions(count: number): Rows {
  const random = createRandom('sessions')
  const country = categoryRows(
    ['country'],
    Array.from({ length: count }, () => [COUNTRIES[random.integer(COUNTRIES.length)]!]),
  )
  const data = new Float64Array(2 * count)
  for (let row = 0; row < count; row++) {
    data[2 * row] = random.next() < 0.1 ? Number.NaN : 1000 + 50 * random.normal()
    data[2 * row + 1] = country.data[row]!
  }
  return { columns: [{ name: 'bytes', type: 'number' }, ...country.columns], count, data }
}

function odd(bytes: number, country: string): Rows {
  const columns = [{ name: 'bytes', type: 'number' } as const, ...categoryRows(['country'], [[country]]).columns]
  return { columns, count: 1, data: Float64Array.of(bytes, 0) }
}

test('imputer, encoder, scaler and forest as one calibrated detector: it finds, explains by input column, and saves', () => {
  const chain = prepared(imputer, prepared(categoryEncoder, prepared(robustScaler, isolationForest)))
  const detector = calibrated(chain, conformal)
  const model = detector.fitNow(sessions(2000))
  const [usual] = model.score(odd(1000, 'SE'))
  const [large] = model.score(odd(9000, 'SE'))
  const [unseen] = model.score(odd(1000, 'KP'))
  expect(usual).toBeLessThan(2)
  expect(large).toBeGreaterThan(3)
  expect(unseen).toBeGreaterThan(usual! + 1) // it falls with the rarest country that was seen
  const [bytes, country] = model.explain(odd(9000, 'SE'))
  expect(bytes).toBeGreaterThan(country!)
  const loaded = detector.load(decode(encode(model.save() as never)))
  expect(loaded.score(sessions(50))).toEqual(model.score(sessions(50)))
})

test('calibrated rarity follows a stream: surprise of what is usual is that of a uniform p', () => {
  const random = createRandom('stream')
  const seen = Array.from({ length: 3000 }, () => [`user${Math.floor(20 * random.next() * random.next())}`])
  const rows = categoryRows(['user'], seen)
  const half = (from: number): Rows => ({ ...rows, count: 1500, data: rows.data.slice(from, from + 1500) })
  const model = calibrated(rarity, conformal).fitNow(half(0))
  const surprises = model.follow(half(1500))
  for (const level of [0.3, 0.1, 0.02]) {
    const share = surprises.filter((surprise) => surprise >= -Math.log(level)).length / 1500
    expect(share).toBeLessThan(level * 1.4 + 0.005)
  }
})
