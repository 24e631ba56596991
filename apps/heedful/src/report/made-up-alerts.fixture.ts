/** As many alerts as wanted, each of a name that is a piece of HTML or of a script. */
import type { Alert, Portrait } from '@heedful/stream'
import type { Witness } from '../replay/find-alert.ts'
import { Tally } from '../scoring/tally.ts'
import type { Reported } from './report-data.ts'

export const HOSTILE = [
  '</script><img src=x onerror=alert(1)>',
  '<!--<script>',
  ']]>&lt;b&gt;',
  '__proto__',
  '\u202Etxt.\u0007\u2028',
  '\uD800 half',
]

const START = Date.parse('2026-03-01T00:00:00Z')
const DAY = 86_400_000

function alertOf(i: number): Alert {
  const id = HOSTILE[i % HOSTILE.length] as string
  const entity = { type: 'user' as const, id: i < HOSTILE.length ? id : `${id} ${i % 100}` }
  const reason = (text: string, weight: number) => ({
    text: `${text}: ${id}.`,
    behaviour: 'rare_country',
    title: 'Unusual country',
    family: 'place',
    entity,
    observed: id,
    expected: 'DE (99 %)',
    weight,
  })
  return {
    id: `user-${i}`,
    time: START + i * 1000,
    lastTime: START + i * 1000 + 60_000,
    entity,
    severity: 'medium',
    risk: 5 + ((i * 7919) % 1000) / 100,
    pValue: 1e-6,
    modelled: true,
    title: `Unusual country ${id}`,
    reasons: [reason('First seen country', 5), reason('Another one', 2)],
    events: [`e${i}`],
    positions: [i],
    eventsTotal: 1,
    techniques: ['T1078'],
    victims: [],
    victimsTotal: 0,
    state: 'raised',
  }
}

const portrait = ({ entity }: Alert): Portrait => ({
  entity,
  first: START,
  last: START,
  lessons: 40,
  group: '',
  hours: Array.from({ length: 168 }, (_, hour) => (hour % 24) / 1932),
  habits: [{ feature: 'country', summary: 'countries', values: [{ value: 'DE', share: 0.987654321, peersShare: 1 }] }],
})

/** Of a log that was never read. */
export function madeUpReport(count: number): Reported {
  const alerts = Array.from({ length: count }, (_, i) => alertOf(i))
  const tally = new Tally()
  tally.refuse(
    { id: 'x', door: 1, position: 1, reason: 'not_a_line', detail: '<b>', line: HOSTILE[0] as string },
    { file: '<i>auth.log', line: 7 },
  )
  return {
    alerts,
    tally,
    summary: { users: 1, hosts: 1, addresses: 1, events: 1, strangers: 0 },
    configuration: {
      tenant: 'default',
      budget_per_day: 20,
      warmup_from: new Date(START).toISOString(),
      warmup_until: new Date(START + DAY).toISOString(),
      seed: 1,
    },
    files: [{ name: '<i>auth.log', format: 'Authentication log', timezone: 'UTC' }],
    notes: ['<b>a note</b>'],
    stopped: false,
    portrait: () => portrait(alerts[0] as Alert),
    lines: ({ id, time }): Witness[] => [
      { event: id, position: 1, time, door: 1, file: 'auth.log', number: 3, text: HOSTILE.join(' ') },
    ],
    feedback: () => [],
  }
}
