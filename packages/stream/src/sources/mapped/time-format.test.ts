import { describe, expect, test } from 'vitest'
import { wallClock } from '../stamp.ts'
import { compileFormat, whyNoFormat } from './time-format.ts'

/** As ISO, with `?` for a year or zone that the text leaves out. */
function read(format: string, text: string): string {
  expect(whyNoFormat(format)).toBeUndefined()
  const found = compileFormat(format).read(text)
  if (found === undefined) return 'none'
  if (typeof found === 'number') return new Date(found).toISOString()
  const local = wallClock(found.year || 2000, found)
  const zone = Number.isNaN(found.ahead) ? '?' : ''
  return `${found.year === 0 ? '?' : ''}${new Date(local - (found.ahead || 0)).toISOString().replace('Z', zone || 'Z')}`
}

describe('the time of a record', () => {
  test.each([
    ['iso', '2026-03-07T06:25:01Z', '2026-03-07T06:25:01.000Z'],
    ['iso', '2026-03-07 06:25:01.123456', '2026-03-07T06:25:01.123?'],
    ['iso', '2026-03-07 06:25:01 +0100', '2026-03-07T05:25:01.000Z'],
    ['iso', '2026-03-07 06:25:01 UTC', '2026-03-07T06:25:01.000Z'],
    ['iso', '2026-03-07', 'none'],
    ['iso', '2026-03-07T06:25:01Zulu', 'none'],
    ['epoch_s', '1772864701', '2026-03-07T06:25:01.000Z'],
    ['epoch_s', '1772864701.123', '2026-03-07T06:25:01.123Z'],
    ['epoch_ms', '1772864701123', '2026-03-07T06:25:01.123Z'],
    ['epoch_us', '1772864701123456', '2026-03-07T06:25:01.123Z'],
    ['epoch_ns', '1772864701123456789', '2026-03-07T06:25:01.123Z'],
    ['epoch_s', '1e9', 'none'],
    ['epoch_s', '99999999999999999999', 'none'],
    ['%d/%b/%Y:%H:%M:%S %z', '07/Mar/2026:06:25:01 +0100', '2026-03-07T05:25:01.000Z'],
    ['%m/%d/%Y %I:%M:%S %p', '3/7/2026 12:25:01 AM', '2026-03-07T00:25:01.000?'],
    ['%m/%d/%Y %I:%M:%S %p', '3/7/2026 12:25:01 pm', '2026-03-07T12:25:01.000?'],
    ['%m/%d/%Y %I:%M %p', '3/7/2026 13:25 PM', 'none'],
    ['%a %b %e %H:%M:%S %Z %Y', 'Sat Mar  7 06:25:01 UTC 2026', '2026-03-07T06:25:01.000Z'],
    ['%a %b %e %H:%M:%S %Z %Y', 'Sat Mar  7 06:25:01 CST 2026', 'none'],
    ['%b %d %T', 'Mar 7 06:25:01', '?2000-03-07T06:25:01.000?'],
    ['%F %R', '2026-03-07 06:25', '2026-03-07T06:25:00.000?'],
    ['%Y%m%d%H%M%S', '20260307062501', '2026-03-07T06:25:01.000?'],
    ['%d.%m.%y', '07.03.26', '2026-03-07T00:00:00.000?'],
    ['%d.%m.%y', '07.03.98', '1998-03-07T00:00:00.000?'],
    ['%Y/%m/%d %H:%M:%S.%f', '2026/03/07 06:25:01.5', '2026-03-07T06:25:01.500?'],
    ['%F', '2026-02-29', 'none'],
    ['%F', '2024-02-29', '2024-02-29T00:00:00.000?'],
    ['%F', '2026-04-31', 'none'],
    ['%F %T', '2026-03-07 24:00:00', 'none'],
    ['%F', '2026-03-07 and more', 'none'],
    ['%B %d, %Y', 'september 3, 2026', '2026-09-03T00:00:00.000?'],
    ['%d%% %m %Y', '7% 3 2026', '2026-03-07T00:00:00.000?'],
  ])('%s: %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected)
  })

  test.each([
    ['ISO', 'neither one of iso, epoch_s'],
    ['%Y-%m-%d %Q', '%Q is no directive; known are %Y'],
    ['%H:%M', 'it has no day'],
    ['%Y-%d', 'it has no month'],
    ['%d %m %Y %I:%M', '%I and %p go together'],
    ['%d %m %Y %Y', '%Y stands in it twice'],
    [`%d %m ${'x'.repeat(200)}`, 'longer than 100'],
    ['%d %m %', 'is no directive'],
  ])('%s is refused: %s', (format, why) => {
    expect(whyNoFormat(format)).toContain(why)
  })

  test('patterns of nothing but blanks and digits are answered at once', () => {
    const before = process.cpuUsage()
    const format = compileFormat(`%d %m ${' '.repeat(90)}`)
    for (let at = 0; at < 1000; at++) format.read(' '.repeat(120) + '1'.repeat(8))
    expect(process.cpuUsage(before).user).toBeLessThan(500_000)
  })
})
