import { describe, expect, it } from 'vitest'
import type { Event } from '../event.ts'
import type { Seen } from './feature.ts'
import { transition } from './transition.ts'

const NOON = Date.UTC(2026, 2, 2, 12)

function seenAt(time: number, network: string): Seen {
  const event: Event = {
    id: `${time}`,
    position: 0,
    time,
    class: 'authentication',
    activity: 'logon',
    status: 'success',
    count: 1,
  }
  const hour = Math.floor(time / 3_600_000)
  return {
    event,
    context: {},
    hour,
    network,
    inside: false,
    addressHolders: 0,
    networkHolders: 0,
    account: 'ada',
    stranger: false,
  }
}

describe('where a person last was', () => {
  it('is not moved by an event that comes late', () => {
    const memory = transition.start()
    transition.note?.(memory, seenAt(NOON, 'office'))
    transition.note?.(memory, seenAt(NOON - 3_600_000, 'home'))
    const next = seenAt(NOON + 60_000, 'office')
    const moved = seenAt(NOON + 60_000, 'home')
    expect(transition.capture?.(memory, next)).not.toBe(transition.capture?.(memory, moved))
    const alone = transition.start()
    transition.note?.(alone, seenAt(NOON, 'office'))
    expect(transition.capture?.(memory, next)).toBe(transition.capture?.(alone, next))
  })
})
