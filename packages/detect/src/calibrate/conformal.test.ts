import { expect, test } from 'vitest'
import { decode, encode } from '../contracts/codec.ts'
import { createRandom } from '../contracts/random.ts'
import { type ConformalState, conformal } from './conformal.ts'

const PARAMS = { capacity: 300, cap: 20 }
const random = createRandom('scores')
const scores = Float64Array.from({ length: 2000 }, () => random.exponential())
const groups = Int32Array.from(scores, () => random.integer(60))

function fitted(): ConformalState {
  return conformal.fit(scores.slice(0, 400), groups.slice(0, 400), PARAMS, createRandom(3))
}

test('a share p of scores like those it was fitted on has surprise above −ln p', () => {
  const surprises = conformal.open(fitted()).calibrate(scores.slice(400))
  for (const level of [0.5, 0.1]) {
    const share = surprises.filter((one) => one >= -Math.log(level)).length / surprises.length
    expect(Math.abs(share - level)).toBeLessThan(0.06)
  }
})

test('it learns the same, however the scores are cut, and saved in between', () => {
  const whole = conformal.open(fitted())
  whole.learn(scores.slice(400), groups.slice(400))
  let parts = conformal.open(fitted())
  for (let at = 400; at < scores.length; ) {
    const next = Math.min(scores.length, at + 1 + (at % 97))
    parts.learn(scores.slice(at, next), groups.slice(at, next))
    parts = conformal.open(decode(encode(parts.save())) as ConformalState)
    at = next
  }
  expect(parts.save()).toEqual(whole.save())
})

test('it follows scores that have changed for good', () => {
  const live = conformal.open(conformal.fit(scores.slice(0, 100), undefined, PARAMS, createRandom(3)))
  const before = live.calibrate(Float64Array.of(6))[0]!
  live.learn(
    scores.map((score) => score + 5),
    undefined,
  )
  expect(live.calibrate(Float64Array.of(6))[0]!).toBeLessThan(before / 2)
})

test('what it saved does not change when it learns on', () => {
  const live = conformal.open(fitted())
  const saved = live.save()
  const copy = decode(encode(saved))
  live.learn(scores, groups)
  expect(saved).toEqual(copy)
})
