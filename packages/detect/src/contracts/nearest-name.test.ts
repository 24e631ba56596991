import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

it.each([
  ['tree', 'trees'],
  ['Trees', 'trees'],
  ['sub_sample', 'subSample'],
  ['maxSample', 'maxSamples'],
  ['zzz', undefined],
  ['y', undefined],
  ['', undefined],
])('%s is nearest to %s', (given, expected) => {
  expect(nearestName(given, ['trees', 'subSample', 'maxSamples', 'x'])).toBe(expected)
})
