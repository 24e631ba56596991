import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Alert, SEVERITIES } from '../contract/contract.ts'
import {
  countFilters,
  type Filters,
  LABEL_FILTERS,
  matches,
  NO_FILTERS,
  readFilters,
  STATES,
  writeFilters,
} from './filters.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const moment = fc.oneof(
  fc.constant(''),
  fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
)
const filters: fc.Arbitrary<Filters> = fc.record({
  state: fc.constantFrom(...STATES),
  severity: fc.subarray([...SEVERITIES], { maxLength: 3 }),
  label: fc.constantFrom(...LABEL_FILTERS),
  entityType: text,
  entity: text,
  behaviour: text,
  q: text.map((q) => q.trim()),
  from: moment,
  to: moment,
})

describe('filters and the address of the page', () => {
  it('what is written is read again', () => {
    fc.assert(
      fc.property(filters, (filters) => {
        expect(readFilters(writeFilters(filters))).toEqual(filters)
      }),
    )
  })

  it('none is no address', () => {
    expect(writeFilters(NO_FILTERS)).toBe('')
    expect(readFilters('')).toEqual(NO_FILTERS)
    expect(writeFilters({ ...NO_FILTERS, severity: SEVERITIES })).toBe('')
  })

  it('what is no filter is left out', () => {
    expect(readFilters('?state=nonsense&severity=high,loud&label=7&from=yesterday&__proto__=x&space=s1')).toEqual({
      ...NO_FILTERS,
      severity: ['high'],
    })
    expect(readFilters(`?q=${'x'.repeat(5000)}`).q).toHaveLength(200)
  })

  it('counts a span of time once', () => {
    expect(countFilters(NO_FILTERS)).toBe(0)
    expect(countFilters(readFilters('?from=2026-03-01&to=2026-03-02&severity=low,high'))).toBe(2)
  })
})

const alert: Alert = {
  id: 'user-x',
  time: '2026-03-02T10:00:00.000Z',
  last_time: '2026-03-02T10:00:00.000Z',
  entity: { type: 'user', id: 'Ada' },
  severity: 'high',
  risk: 9,
  p_value: 0.001,
  modelled: false,
  title: 'Impossible travel',
  state: 'raised',
  label: null,
  reasons: [
    {
      text: 'First seen country: MX.',
      behaviour: 'rare_country',
      title: 'Unusual country',
      family: 'place',
      entity: { type: 'user', id: 'Ada' },
      observed: 'MX',
      expected: 'GB',
      normal: null,
      weight: 3,
    },
  ],
  events_total: 1,
  techniques: ['T1078'],
  victims: [],
  victims_total: 0,
}

it.each([
  ['', true],
  ['?state=over_budget', false],
  ['?state=all', true],
  ['?severity=high,critical', true],
  ['?severity=low', false],
  ['?label=none', true],
  ['?label=benign', false],
  ['?entity=Ada', true],
  ['?entity=ada', false],
  ['?entity_type=host', false],
  ['?behaviour=rare_country', true],
  ['?behaviour=unusual_hour', false],
  ['?q=%20country:%20mx', true],
  ['?q=t1078', true],
  ['?q=nobody', false],
  ['?from=2026-03-02T10:00:00Z', true],
  ['?to=2026-03-02T10:00:00Z', false],
])('an alert that comes in live against %s: %s', (search, expected) => {
  expect(matches(readFilters(search), alert)).toBe(expected)
})
