import { expect, test } from 'vitest'
import { drive } from '../../conformance/drive-source.ts'
import { recognise } from '../recognise.ts'
import { entraSignIn } from './entra-sign-in.ts'

const UTC = { timezone: 'UTC', year: 0 }
const STATUS = { errorCode: 50126, failureReason: 'x' }
const PLACE = { countryOrRegion: 'DE', city: 'Berlin', geoCoordinates: { latitude: 52.5, longitude: 13.4 } }
const GRAPH = {
  ...{
    id: 'one',
    createdDateTime: '2026-01-05T08:00:00Z',
    userPrincipalName: 'ada@a.example',
    ipAddress: '203.0.113.9',
  },
  ...{ appDisplayName: 'Portal', status: STATUS, location: PLACE },
}
const MONITOR = {
  ...{ time: '2026-01-05T08:02:00Z', category: 'SignInLogs', resultType: '50126', callerIpAddress: '203.0.113.9' },
  ...{ location: 'DE', properties: GRAPH },
}
const ANALYTICS = {
  ...{ TimeGenerated: '2026-01-05 08:00:00', Category: 'SignInLogs', ResultType: '50126', Location: 'DE', Id: 'one' },
  ...{ UserPrincipalName: 'ada@a.example', IPAddress: '203.0.113.9', AppDisplayName: 'Portal' },
  ...{ Status: JSON.stringify(STATUS), LocationDetails: JSON.stringify(PLACE) },
}
const only = (record: object) => drive(entraSignIn, [JSON.stringify(record)], UTC).events[0]

test.each([
  ['Azure Monitor', MONITOR],
  [
    'Azure Monitor with its properties as text',
    { ...MONITOR, time: GRAPH.createdDateTime, properties: JSON.stringify(GRAPH) },
  ],
  ['Log Analytics', ANALYTICS],
])('one sign-in is one event in the form of %s, too', (_, record) => {
  const known = (one: object) => ({ ...only(one), unmapped: '' })
  expect(known(record)).toEqual(known(GRAPH))
})

test('what somebody sends as user agent is never taken for the time', () => {
  const userAgent = 'x","createdDateTime":"1999-01-01T00:00:00Z'
  expect(only({ userAgent, ...GRAPH })?.time).toBe(Date.UTC(2026, 0, 5, 8))
})

test('the same sign-in in the form of Elastic is recognised as that', () => {
  const elastic = {
    '@timestamp': '2026-01-05T08:00:00Z',
    event: { category: ['authentication'] },
    azure: { signinlogs: GRAPH },
  }
  expect(recognise([JSON.stringify(elastic)]).id).toBe('ecs-ndjson')
  for (const record of [GRAPH, MONITOR, ANALYTICS]) {
    expect(recognise([JSON.stringify(record)]).id).toBe('entra-sign-in')
  }
})

test.each([
  [0, 'success', undefined],
  [50126, 'failure', undefined],
  [50034, 'failure', true],
  [50074, 'unknown', undefined],
  [50140, 'unknown', undefined],
  [999_999, 'failure', undefined],
])('error code %i is %s', (errorCode, status, unknownUser) => {
  expect(only({ ...GRAPH, status: { errorCode } })).toMatchObject({ status, ...(unknownUser && { unknownUser }) })
})

test('what is not known is kept, under the names that it had', () => {
  const event = only({ ...MONITOR, properties: { ...GRAPH, riskState: 'atRisk', deviceDetail: { isManaged: false } } })
  expect(JSON.parse(event?.unmapped ?? '{}')).toMatchObject({
    'properties.riskState': 'atRisk',
    'properties.deviceDetail.isManaged': false,
    location: 'DE',
  })
})
