import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { Meter } from './meter.ts'
import type { ServiceEvents } from './service.ts'

it('tells a steady rate as it is, from its first second on, wherever in a second it is asked', () => {
  const events = new EventEmitter<ServiceEvents>()
  let now = 123_456
  const meter = new Meter(events, () => now)
  for (let i = 1; i <= 400; i++) {
    now += 50
    events.emit('folded', { concluded: { verdicts: Array(40) } } as never)
    if (i >= 20) expect(meter.rate).toBeGreaterThan(750)
    if (i >= 20) expect(meter.rate).toBeLessThan(850)
  }
  now += 11_000
  expect(meter.rate).toBe(0)
})
