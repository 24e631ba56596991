/**
 * The same log gives the same verdicts and alerts, to the bit: compared with a committed hash, on every version of Node;
 * and with itself, in other shards and cut in pieces.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { decode, encode } from '@heedful/detect/contracts/codec'
import { type Alert, type Conclusions, type FoldMemory, openFold } from '@heedful/stream'
import type { Settings } from '@heedful/stream/settings'
import { describe, expect, it } from 'vitest'
import { type GoldenLog, writeGoldenLog } from './house/golden-log.ts'

const GOLDEN = new URL('golden.json', import.meta.url)
const RENEW = 'HEEDFUL_GOLDEN=renew npx vitest run tests/golden.test.ts'

interface Golden {
  lines: number
  events: number
  deadLetters: number
  alerts: number
  /** SHA-256 of all verdicts, alerts (each time they changed) and dead letters, as JSON lines in the order they came. */
  sha256: string
}

/** JSON writes a number as the shortest text that reads back as its bits; NaN is made visible. */
const write = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  )

/** Folds the whole log; with `cutEvery`, memory is saved and loaded again after so many records. */
function conclude(
  { records, settings, lines }: GoldenLog,
  change: Partial<Settings> = {},
  cutEvery = Number.POSITIVE_INFINITY,
): Golden {
  const hash = createHash('sha256')
  const alerts = new Set<string>()
  let events = 0
  let deadLetters = 0
  const say = (kind: string, said: unknown) => hash.update(`${kind} ${write(said)}\n`)
  const conclusions: Conclusions = {
    verdict: (verdict) => {
      events++
      say('verdict', verdict)
    },
    alert: (alert) => {
      alerts.add(alert.id)
      say('alert', alert)
    },
    deadLetter: (letter) => {
      deadLetters++
      say('dead letter', letter)
    },
  }
  let fold = openFold({ ...settings, ...change }, { hash: 'none' }, conclusions)
  records.forEach((record, position) => {
    if (position > 0 && position % cutEvery === 0) {
      fold = openFold(
        { ...settings, ...change },
        { hash: 'none' },
        conclusions,
        decode(encode(fold.save())) as unknown as FoldMemory,
      )
    }
    fold.step(record, position)
  })
  return { lines, events, deadLetters, alerts: alerts.size, sha256: hash.digest('hex') }
}

describe('the golden log', () => {
  const log = writeGoldenLog({ users: 40, days: 21, seed: 2026 })
  const concluded = conclude(log)

  it('holds what it takes to be worth comparing: events, refused lines, alerts', () => {
    expect(concluded.events).toBeGreaterThan(2000)
    expect(concluded.deadLetters).toBeGreaterThan(3)
    expect(concluded.alerts).toBeGreaterThan(0)
  })

  it('gives the committed verdicts', () => {
    if (process.env['HEEDFUL_GOLDEN'] === 'renew') writeFileSync(GOLDEN, `${JSON.stringify(concluded, null, 2)}\n`)
    expect(existsSync(GOLDEN), `there is no tests/golden.json: ${RENEW}`).toBe(true)
    expect(concluded, `other verdicts than committed; on purpose? Then: ${RENEW}`).toEqual(
      JSON.parse(readFileSync(GOLDEN, 'utf8')),
    )
  })

  it('gives them again', () => expect(conclude(log)).toEqual(concluded))

  it.each([2, 4])('gives them with %d shards', (shards) => expect(conclude(log, { shards })).toEqual(concluded))

  it.each([997, 4001])('gives them when memory is saved and loaded every %d records', (cutEvery) => {
    expect(conclude(log, {}, cutEvery)).toEqual(concluded)
  })

  it('gives them when memory is taken down a little with each record that follows, and goes on from where it was', () => {
    const from = Math.floor(log.records.length / 2)
    const conclusionsOf = (said: string[]): Conclusions => ({
      verdict: (verdict) => said.push(write(verdict)),
      alert: (alert) => said.push(write(alert)),
    })
    const said: string[] = []
    const fold = openFold(log.settings, { hash: 'none' }, conclusionsOf(said))
    for (const [position, record] of log.records.slice(0, from).entries()) fold.step(record, position)
    said.length = 0
    const frozen = fold.freeze()
    let steps = 0
    let more = true
    for (const [i, record] of log.records.slice(from).entries()) {
      fold.step(record, from + i)
      if (more && i % 100 === 0) {
        more = frozen.step()
        steps++
      }
    }
    expect(more).toBe(false)
    expect(steps).toBeGreaterThan(10)
    const again: string[] = []
    const saved = decode(encode(frozen.state())) as unknown as FoldMemory
    const other = openFold(log.settings, { hash: 'none' }, conclusionsOf(again), saved)
    for (const [i, record] of log.records.slice(from).entries()) other.step(record, from + i)
    expect(again.length).toBeGreaterThan(1000)
    expect(again.join('\n')).toBe(said.join('\n'))
  })

  it('never changes an alert that was said', () => {
    const said: { alert: Alert; text: string }[] = []
    const alert = (one: Alert) => said.push({ alert: one, text: write(one) })
    const fold = openFold(log.settings, { hash: 'none' }, { alert })
    log.records.forEach((record, position) => {
      fold.step(record, position)
    })
    expect(said.length).toBeGreaterThan(concluded.alerts)
    for (const { alert, text } of said) expect(write(alert)).toBe(text)
  })

  it('sees it when one event is missing', () => {
    const records = log.records.filter((_, at) => at !== 3000)
    expect(conclude({ ...log, records }).sha256).not.toBe(concluded.sha256)
  })
})
