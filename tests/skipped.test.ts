import { expect, it } from 'vitest'
import { describeSkipped } from './house/skipped-reporter.ts'

it('a skipped test is listed with its reason, and one without is told so', () => {
  const skipped = [
    { name: 'a.test.ts > reads a city', why: 'no MMDB file is installed' },
    { name: 'b.test.ts > sleeps', why: undefined },
  ]
  expect(describeSkipped(skipped)).toEqual([
    'Skipped 2:',
    '  a.test.ts > reads a city: no MMDB file is installed',
    '  b.test.ts > sleeps: no reason given; call context.skip with one',
  ])
  expect(describeSkipped([])).toEqual(['Nothing was skipped.'])
})
