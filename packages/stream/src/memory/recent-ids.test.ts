import { describe, expect, it } from 'vitest'
import { RecentIds } from './recent-ids.ts'

describe('recent ids', () => {
  it('know what came, also when they were saved', () => {
    const ids = new RecentIds()
    expect(ids.isNew(1, 'a')).toBe(true)
    expect(ids.isNew(1, 'a')).toBe(false)
    const again = new RecentIds(ids.save())
    expect(again.isNew(1, 'a')).toBe(false)
    expect(again.isNew(1, 'b')).toBe(true)
  })

  it('of one door say nothing of those of another', () => {
    const ids = new RecentIds()
    for (const door of [1, 2, 3, 0]) expect(ids.isNew(door, 'a')).toBe(true)
    for (const door of [1, 2, 3, 0]) expect(ids.isNew(door, 'a')).toBe(false)
  })

  it('are bounded, know at least the last hundred thousand, and take no id for another', () => {
    const ids = new RecentIds()
    for (let i = 0; i < 450_000; i++) expect(ids.isNew(1, `event-${i}`)).toBe(true)
    for (let i = 449_999; i >= 350_000; i--) expect(ids.isNew(1, `event-${i}`)).toBe(false)
    const { young, old } = ids.save()
    expect(young.length + old.length).toBeLessThanOrEqual(200_000)
  })
})
