import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { embeddable } from './given-page.ts'
import { HOSTILE, madeUpReport } from './made-up-alerts.fixture.ts'
import { MOST_ALERTS, openReport } from './report-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'heedful-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As short as a page can be that reports are made of. */
const page = join(folder, 'page.html')
writeFileSync(page, 'before<script type="application/json" id="given"></script>after')

const MADE = Date.parse('2026-06-01T00:00:00Z')

interface Given {
  alerts: { id: string; risk: number; context: number; entity: { id: string }; raw: { line: string }[] }[]
  contexts: { hours: number[]; places: { share: number }[] }[]
  left_out: number
  log: { reasons: object[] }
}

function written(count: number): { text: string; given: Given } {
  const place = join(folder, 'report.html')
  openReport(place, page).write(madeUpReport(count), MADE)
  const text = readFileSync(place, 'utf8')
  const [, json = ''] = /^before<script type="application\/json" id="given">([^<]*)<\/script>after$/s.exec(text) ?? []
  return { text, given: JSON.parse(json) as Given }
}

describe('what is embedded', () => {
  it('comes back whole, whatever it holds, and ends no element', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = embeddable(value)
        expect(text).not.toMatch(/[<>&\u2028\u2029\p{Cc}\p{Cs}]/u)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    for (const name of HOSTILE) expect(JSON.parse(embeddable(name))).toBe(name)
  })
})

describe('a report', () => {
  it('holds the alerts, strongest first, each with its lines and what is usual for its entity', () => {
    const { alerts, contexts, log } = written(50).given
    expect(alerts).toHaveLength(50)
    expect(alerts.map(({ risk }) => risk)).toEqual(alerts.map(({ risk }) => risk).toSorted((a, b) => b - a))
    expect(new Set(alerts.map(({ entity }) => entity.id))).toEqual(
      new Set(madeUpReport(50).alerts.map(({ entity }) => entity.id)),
    )
    for (const { context, raw } of alerts) {
      expect(contexts[context]?.hours).toHaveLength(168)
      expect(contexts[context]?.places).toEqual([{ value: 'DE', share: 0.988 }])
      expect(raw).toMatchObject([{ line: HOSTILE.join(' '), place: 'auth.log, line 3' }])
    }
    expect(log.reasons).toEqual([
      { reason: 'not_a_line', detail: '<b>', count: 1, example: { place: '<i>auth.log, line 7', line: HOSTILE[0] } },
    ])
  })

  it('says an entity’s habits once, however many alerts are about it', () => {
    const { alerts, contexts } = written(3000).given
    expect(contexts.length).toBe(new Set(alerts.map(({ entity }) => entity.id)).size)
    expect(contexts.length).toBeLessThan(1500)
  })

  it('is bounded, and says how many weaker alerts it leaves out', () => {
    const { text, given } = written(MOST_ALERTS + 50)
    expect(given.alerts).toHaveLength(MOST_ALERTS)
    expect(given.left_out).toBe(50)
    const weakest = given.alerts.at(-1)?.risk as number
    const all = madeUpReport(MOST_ALERTS + 50).alerts.filter(({ risk }) => risk > weakest)
    expect(all.length).toBeLessThanOrEqual(MOST_ALERTS)
    expect(text.length).toBeLessThan(4096 * MOST_ALERTS)
  })

  it('is not begun where the page is not built, and leaves what was there when it is abandoned', () => {
    const place = join(folder, 'kept.html')
    writeFileSync(place, 'as it was')
    expect(() => openReport(place, '')).toThrow(expect.objectContaining({ code: 'not-built', wayOut: 'npm run build' }))
    openReport(place, page).abandon()
    expect(readFileSync(place, 'utf8')).toBe('as it was')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})
