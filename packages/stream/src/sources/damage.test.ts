/** What bad input may do to a source: nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparable, doorOf, drive } from '../conformance/drive-source.ts'
import { readFixtures } from '../conformance/read-fixtures.fixture.ts'
import type { Event } from '../event.ts'

const SETTING = { timezone: 'Europe/Berlin', year: 2024 }
const HOSTILE = [
  'constructor',
  '__proto__',
  '$a',
  'toString',
  'hasOwnProperty',
  '\u0000',
  '\uFFFD',
  '"',
  '\\',
  '{',
  '[',
]

/** One way of breaking a line, with another line at hand and a number that says where. */
const BREAKINGS: Record<string, (line: string, other: string, at: number) => string> = {
  truncated: (line, _, at) => line.slice(0, at % (line.length + 1)),
  beheaded: (line, _, at) => line.slice(at % (line.length + 1)),
  flipped: (line, _, at) => replaceAt(line, at, (code) => code ^ (1 << (at % 8))),
  zeroed: (line, _, at) => replaceAt(line, at, () => 0),
  spliced: (line, other, at) => line.slice(0, at % (line.length + 1)) + other.slice(at % (other.length + 1)),
  doubled: (line) => line + line,
  swallowed: (line, other, at) => line.slice(0, at % (line.length + 1)) + other + line.slice(at % (line.length + 1)),
  unprintable: (line, _, at) => replaceAt(line, at, () => 0xfffd),
  hostile: (line, _, at) =>
    line.replace(/\b[a-z]{3,9}\b/g, (word, place: number) =>
      place % 3 === at % 3 ? (HOSTILE[at % HOSTILE.length] as string) : word,
    ),
  stretched: (line, _, at) => replaceAt(line, at, (code) => code).replace(/ /, ' '.repeat(1 + (at % 5000))),
  digits: (line, _, at) =>
    line.replace(/\d+/g, (digits, place: number) => (place % 2 === at % 2 ? '9'.repeat(1 + (at % 40)) : digits)),
}

function replaceAt(line: string, at: number, change: (code: number) => number): string {
  if (line === '') return line
  const place = at % line.length
  return line.slice(0, place) + String.fromCharCode(change(line.charCodeAt(place))) + line.slice(place + 1)
}

/** What every event promises to those who read it, wherever it came from. */
function checkEvent(event: Event): void {
  expect(event.id).not.toBe('')
  expect(Number.isFinite(event.time)).toBe(true)
  expect(Number.isInteger(event.count) && event.count >= 1 && event.count <= 1_000_000).toBe(true)
  expect(event.activity).not.toBe('')
  for (const value of Object.values(event)) expect(value === undefined || value === '').toBe(false)
  for (const user of [event.user, event.actor]) if (user !== undefined) expect(user.name).not.toBe('')
  for (const endpoint of [event.srcEndpoint, event.dstEndpoint]) {
    if (endpoint?.port !== undefined) expect(endpoint.port).toBeLessThanOrEqual(65_535)
  }
  if (event.unmapped !== undefined) expect(() => JSON.parse(event.unmapped as string)).not.toThrow()
}

describe.each(readFixtures())('$name', ({ source, lines }) => {
  const anyLine = fc.constantFrom(...lines)

  test.each(Object.entries(BREAKINGS))(
    '%s lines become events, are absorbed, or are refused with a reason',
    (_, breaking) => {
      const clock = source.clock({ ...SETTING, last: Number.NaN })
      const parser = source.open(doorOf(source, SETTING.timezone))
      fc.assert(
        fc.property(anyLine, anyLine, fc.nat(100_000), (line, other, at) => {
          const broken = breaking(line, other, at)
          const parsed = parser.parse(broken, clock.read(broken), () => 'id', 0)
          if (parsed.kind === 'events') parsed.events.forEach(checkEvent)
          else if (parsed.kind === 'absorbed') expect(parsed.why).not.toBe('')
          else expect(parsed.reason !== '' && parsed.detail !== '').toBe(true)
        }),
        { numRuns: 600, seed: 7 },
      )
      parser.flush(8.64e15).forEach(checkEvent)
    },
  )

  test('any text at all is answered', () => {
    const clock = source.clock({ ...SETTING, last: Number.NaN })
    const parser = source.open(doorOf(source, SETTING.timezone))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json()), (text) => {
        expect(['events', 'absorbed', 'refused']).toContain(parser.parse(text, clock.read(text), () => 'id', 0).kind)
      }),
      { numRuns: 2000, seed: 7 },
    )
  })

  test('cut anywhere, saved and opened again, it tells the same events', () => {
    const whole = drive(source, lines, SETTING)
    const want = comparable(whole.events, {})
    expect(comparable(drive(source, lines, SETTING, () => true).events, {})).toEqual(want)
    for (let at = 1; at < lines.length; at += 7) {
      expect(comparable(drive(source, lines, SETTING, (place) => place === at).events, {})).toEqual(want)
    }
  })

  test('a line of ten million characters is refused at once', () => {
    const huge = `${lines[1]}${'x'.repeat(10_000_000)}`
    const run = drive(source, [huge, ...lines.slice(0, 1)], SETTING)
    expect(run.refused[0]).toMatchObject({ line: 1, reason: 'line_too_long' })
  })

  test('lines made to slow patterns down are answered in time that grows with their length', () => {
    for (const part of [
      ' from ',
      ' ; USER=',
      'a : ',
      '=',
      ' user=',
      '[',
      '(',
      '{"a":',
      'message repeated 2 times: [ ',
      ' port 1 ssh2: A-CERT',
    ]) {
      for (const head of [
        '',
        'Mar  1 00:00:00 h sshd[1]: Failed password for ',
        'Mar  1 00:00:00 h sudo: a : ',
        'Mar  1 00:00:00 h x[1]: pam_unix(x:auth): authentication failure; logname= uid=0 euid=0 tty= ruser=',
      ]) {
        const text = head + part.repeat(Math.floor(60_000 / part.length))
        const before = process.cpuUsage()
        const run = drive(source, [text], SETTING)
        const { user, system } = process.cpuUsage(before)
        expect(run.events.length + run.refused.length + run.absorbed.size).toBeGreaterThan(0)
        expect(user + system).toBeLessThan(500_000)
      }
    }
  })
})
