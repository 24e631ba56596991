import { describe, expect, it } from 'vitest'
import type { Alert, AlertPage } from '../contract/contract.ts'
import { insertAlerts, newestFirst, replaceAlert, setLabel } from './merge-alerts.ts'

const alert = (id: string, minute: number): Alert => ({
  id,
  time: `2026-03-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  last_time: '2026-03-01T01:00:00.000Z',
  entity: { type: 'user', id: 'ada' },
  severity: 'low',
  risk: 4,
  p_value: 0.01,
  modelled: false,
  title: 'Unusual hour',
  state: 'raised',
  label: null,
  reasons: [],
  events_total: 1,
  techniques: [],
  victims: [],
  victims_total: 0,
})

const pages: AlertPage[] = [
  { alerts: [alert('d', 40), alert('c', 30)], next_cursor: '2', total: 4 },
  { alerts: [alert('b', 20), alert('a', 10)], next_cursor: null, total: 4 },
]
const ids = (all: readonly AlertPage[]) => all.map(({ alerts }) => alerts.map(({ id }) => id))

describe('an alert that changed', () => {
  it('is replaced where it stands', () => {
    const changed = { ...alert('b', 20), risk: 9 }
    const after = replaceAlert(pages, changed)
    expect(ids(after)).toEqual(ids(pages))
    expect(after[1]?.alerts[0]?.risk).toBe(9)
    expect(after[0]).toBe(pages[0])
  })

  it('that is not listed leaves the very same pages', () => expect(replaceAlert(pages, alert('z', 1))).toBe(pages))
})

describe('a label', () => {
  it('is set and taken back', () => {
    const labelled = setLabel(pages, 'c', 'benign')
    expect(labelled[0]?.alerts[1]?.label).toBe('benign')
    expect(setLabel(labelled, 'c', null)).toEqual(pages)
  })

  it('that was there already changes nothing', () => expect(setLabel(pages, 'c', null)).toBe(pages))
})

describe('alerts that arrived', () => {
  it('stand at their time, newest first, and are counted on every page', () => {
    const after = insertAlerts(pages, [alert('f', 50), alert('e', 35)])
    expect(ids(after)).toEqual([
      ['f', 'd', 'e', 'c'],
      ['b', 'a'],
    ])
    expect(after.map(({ total }) => total)).toEqual([6, 6])
  })

  it('that are listed already are not listed twice', () => {
    expect(insertAlerts(pages, [alert('a', 10)])).toBe(pages)
    expect(insertAlerts([], [alert('a', 10)])).toEqual([])
  })
})

it('ties are ordered by id, and an alert is level with itself', () => {
  expect(newestFirst(alert('a', 1), alert('b', 1))).toBe(1)
  expect(newestFirst(alert('b', 1), alert('a', 1))).toBe(-1)
  expect(newestFirst(alert('a', 1), alert('a', 1))).toBe(0)
})
