import { describe, expect, it } from 'vitest'
import { failures } from '../features/failures.ts'
import type { Feature, Seen } from '../features/feature.ts'
import { failureBurst } from './failure-burst.ts'

const T = Date.parse('2026-03-02T10:00:00Z')

/** What is said of somebody's n-th failure in a row. */
function toldOf(tries: number, from = ['AS64500']) {
  const feature = failures as unknown as Feature<unknown>
  const memory = feature.start()
  const seenAt = (i: number): Seen => ({
    event: {
      id: `${i}`,
      position: i,
      time: T + i * 1000,
      class: 'authentication',
      activity: 'logon',
      status: 'failure',
      count: 1,
    },
    context: {},
    hour: Math.floor(T / 3_600_000),
    network: from[i % from.length] as string,
    inside: false,
    addressHolders: 0,
    networkHolders: 0,
    account: 'ada',
    stranger: false,
  })
  for (let i = 0; i < tries - 1; i++) feature.note?.(memory, seenAt(i))
  const last = seenAt(tries - 1)
  const values = feature.read(memory, last, undefined as never)
  if (values === undefined) throw new Error('it does not concern a failure')
  return failureBurst.explain(values, feature.tell(memory, last, undefined as never))
}

describe('failures in words', () => {
  it('one or two are called no burst, and counted as a person would', () => {
    expect(toldOf(1)).toMatchObject({
      title: 'Unusual failure to log in',
      observed: '1 failure within hours, from AS64500',
    })
    expect(toldOf(2)).toMatchObject({
      title: 'Unusual failure to log in',
      observed: '2 failures within hours, all from AS64500',
    })
    expect(toldOf(2).text).toMatch(/^Unusual failure to log in: 2 failures /)
  })

  it('more are one', () => {
    expect(toldOf(3)).toMatchObject({ title: 'Burst of failed log-ins' })
    expect(toldOf(9, ['AS1', 'AS2']).observed).toBe('9 failures within hours, 5 of them from AS1')
  })
})
