/** A source that reads `STAMP NAME success|failure ADDRESS`: its parser, a fixture, and the events that it should give. */
const LINES = [
  '2026-01-05T08:00:00Z ada success 203.0.113.9',
  '2026-01-05T09:30:00+01:00 grace failure 2001:db8::7',
  '2026-01-05T09:30:04+01:00 grace failure 2001:0DB8::0007',
  '2026-01-05T09:30:09+01:00 grace success 2001:db8::7',
  '2026-01-05T08:45:00.5Z __proto__ failure ::ffff:203.0.113.9',
  '',
  'not a line of this format',
  '2026-13-40T08:00:00Z ada success 203.0.113.9',
]

function expectedEvent(position, time, status, user, ip) {
  const made = { class: 'authentication', activity: 'logon', status, count: 1 }
  return { position, time, ...made, user: { name: user }, srcEndpoint: { ip } }
}

const EXPECTED = {
  timezone: 'UTC',
  year: 2026,
  volatile: { id: 'a hash of the line' },
  events: [
    expectedEvent(0, '2026-01-05T08:00:00.000Z', 'success', 'ada', '203.0.113.9'),
    expectedEvent(1, '2026-01-05T08:30:00.000Z', 'failure', 'grace', '2001:db8::7'),
    expectedEvent(2, '2026-01-05T08:30:04.000Z', 'failure', 'grace', '2001:db8::7'),
    expectedEvent(3, '2026-01-05T08:30:09.000Z', 'success', 'grace', '2001:db8::7'),
    expectedEvent(4, '2026-01-05T08:45:00.500Z', 'failure', '__proto__', '203.0.113.9'),
  ],
  absorbed: { 'an empty line': 1 },
  refused: [
    { line: 7, reason: 'stamp_missing' },
    { line: 8, reason: 'stamp_missing' },
  ],
}

export function source({ name, camel }) {
  const folder = `packages/stream/src/sources/${name}`
  return {
    files: {
      [`${folder}/${name}.ts`]: `/** \`STAMP NAME success|failure ADDRESS\`, one log-in a line; stamps of RFC 3339 with their zone. */
import { readAddress } from '../../enrich/address.ts'
import type { Parsed, Source } from '../source.ts'
import { readRfc3339, wallClock } from '../stamp.ts'

/** Longer lines are none of this format. */
const LONGEST = 4096
const LINE = /^(\\S+) (\\S{1,256}) (success|failure) (\\S{1,64})$/

/** ms UTC, or NaN where the line begins with no stamp. */
function readTime(line: string): number {
  const stamp = readRfc3339(line, 0)
  return stamp === undefined ? Number.NaN : wallClock(stamp.year, stamp) - stamp.ahead
}

function parseLine(line: string, time: number, id: () => string, position: number): Parsed {
  if (line.length > LONGEST) return { kind: 'refused', reason: 'line_too_long', detail: \`more than \${LONGEST} characters\` }
  if (line.trim() === '') return { kind: 'absorbed', why: 'an empty line' }
  if (Number.isNaN(time)) return { kind: 'refused', reason: 'stamp_missing', detail: 'the line begins with no RFC 3339 stamp' }
  const found = LINE.exec(line)
  const address = readAddress(found?.[4] ?? '')
  if (found === null || address.text === '') {
    return { kind: 'refused', reason: 'shape_unknown', detail: 'the line is not STAMP NAME success|failure ADDRESS' }
  }
  const status = found[3] === 'success' ? 'success' : 'failure'
  const about = { user: { name: found[2] as string }, srcEndpoint: { ip: address.text } }
  return {
    kind: 'events',
    events: [{ id: id(), position, time, class: 'authentication', activity: 'logon', status, count: 1, ...about }],
  }
}

export const ${camel}: Source = {
  id: '${name}',
  title: '${name}: one log-in a line',
  sniff(lines) {
    const shown = lines.slice(0, 200).filter((line) => line.trim() !== '')
    return shown.filter((line) => LINE.test(line.slice(0, LONGEST))).length / Math.max(1, shown.length)
  },
  stamp: { year: false, zone: false },
  clock({ timezone }) {
    let last = Number.NaN
    return {
      read(line) {
        const time = readTime(line)
        if (!Number.isNaN(time)) last = time
        return time
      },
      save: () => ({ timezone, year: 0, last }),
    }
  },
  open: () => ({ parse: parseLine, flush: () => [], save: () => null }),
}
`,
      [`${folder}/fixtures/${name}.log`]: `${LINES.join('\n')}\n`,
      [`${folder}/fixtures/expected.json`]: `${JSON.stringify(EXPECTED, null, 2)}\n`,
    },
    registry: { path: 'packages/stream/src/sources/registry.ts', entry: camel, from: `./${name}/${name}.ts` },
    next: `Put lines of the real format, of every kind, into ${folder}/fixtures/${name}.log.
Teach ${folder}/${name}.ts to read them, then write what it should give:
  HEEDFUL_REWRITE_FIXTURES=1 npx vitest run packages/stream/src/sources   and read the difference.`,
  }
}
