import { expect, it } from 'vitest'
import { quietJob } from './job.ts'
import { paced, type Steps } from './paced.ts'

function* count(to: number): Steps<number> {
  for (let done = 1; done <= to; done++) yield { done, of: to }
  return to
}

it('answers at once while nobody is waiting', () => {
  expect(paced('a', quietJob(), count(5))).toBe(5)
})

it('tells how far it has come, each time that it is due', async () => {
  const told: number[] = []
  const job = quietJob({
    due: () => true,
    tick: async (done) => {
      told.push(done)
    },
  })
  await expect(paced('a', job, count(3))).resolves.toBe(3)
  expect(told).toEqual([1, 2, 3])
})

it('stops where the signal says so, before the next step', async () => {
  const signal = { aborted: false }
  const job = quietJob({
    signal,
    due: () => true,
    tick: async (done) => {
      if (done === 2) signal.aborted = true
    },
  })
  await expect(paced('a', job, count(9))).rejects.toMatchObject({ code: 'fit-aborted', message: /2 of 9/ })
  expect(() => paced('a', quietJob({ signal: { aborted: true } }), count(9))).toThrow(/stopped at 1 of 9/)
})
