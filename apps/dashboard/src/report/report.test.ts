import { describe, expect, it } from 'vitest'
import type { AlertPage } from '../contract/contract.ts'
import type { Report, ReportedAlert } from '../contract/report.ts'
import { sourceOf } from './given.ts'
import { linkTo, splitHash } from './split-hash.ts'

const alert = (id: string, severity: ReportedAlert['severity'], context = 0): ReportedAlert => ({
  id,
  time: '2026-03-01T00:00:00.000Z',
  last_time: '2026-03-01T00:00:00.000Z',
  entity: { type: 'user', id: 'constructor' },
  severity,
  risk: 9,
  p_value: 1e-9,
  modelled: false,
  title: 'Unusual country',
  state: 'raised',
  label: null,
  reasons: [],
  events: [],
  events_total: 0,
  techniques: [],
  victims: [],
  victims_total: 0,
  feedback: [],
  raw: [],
  context,
})

const places = [{ value: 'IN', share: 1 }]
const report = {
  alerts: [alert('user-a', 'high'), alert('user-b/c', 'low', 7)],
  contexts: [{ hours: null, places, networks: [], devices: [], services: [] }],
} as unknown as Report

describe('a report answers as the server would', () => {
  const source = sourceOf(report)
  const list = async (query: Record<string, string>) =>
    (await source.get<AlertPage>('/v1/alerts', { ...query, cursor: undefined })).alerts.map(({ id }) => id)

  it('its list, as it is filtered', async () => {
    expect(await list({})).toEqual(['user-a', 'user-b/c'])
    expect(await list({ severity: 'low' })).toEqual(['user-b/c'])
    expect(await list({ entity: 'somebody' })).toEqual([])
  })

  it('an alert, with what is usual for its entity; nothing usual where that is not given', async () => {
    expect(await source.get('/v1/alerts/user-a')).toMatchObject({ id: 'user-a', context: { places } })
    expect(await source.get('/v1/alerts/user-b%2Fc')).toMatchObject({ id: 'user-b/c', context: { places: [] } })
  })

  it('and says of everything else that it is not in it', async () => {
    await expect(source.get('/v1/alerts/constructor')).rejects.toThrow('This is not in the report')
    await expect(source.get('/v1/now')).rejects.toThrow('This is not in the report')
  })
})

it('an address behind # is a path and a search', () => {
  expect(splitHash('')).toEqual({ path: '/', search: '' })
  expect(splitHash('#/alerts/a%3Fb')).toEqual({ path: '/alerts/a%3Fb', search: '' })
  expect(splitHash(linkTo('/alerts?q=%23x?y'))).toEqual({ path: '/alerts', search: '?q=%23x?y' })
})
