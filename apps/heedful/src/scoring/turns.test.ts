import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('hears others when work took long', async () => {
  const turns = new Turns()
  expect(turns.due).toBe(false)
  let heard = false
  setImmediate(() => {
    heard = true
  })
  const started = performance.now()
  while (!turns.due) expect(performance.now() - started).toBeLessThan(1000)
  expect(heard).toBe(false)
  await turns.end()
  expect(heard).toBe(true)
  expect(turns.due).toBe(false)
})
