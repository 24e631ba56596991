/**
 * The report of a scan, opened from the disk in a real browser: all that the page shows is in the one file, and nothing in
 * it acts but the page.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBreakIns } from '../apps/heedful/src/commands/break-ins.fixture.ts'
import { heedful } from '../apps/heedful/src/commands/run-command.fixture.ts'
import { madeUpReport, HOSTILE as NAMES } from '../apps/heedful/src/report/made-up-alerts.fixture.ts'
import { openReport } from '../apps/heedful/src/report/report-file.ts'
import { buildPage } from '../scripts/build-page.js'
import { executablePath, expectAccessible, inBrowser, MODES, WIDE } from './house/visits.ts'

const HOSTILE = '<img/src=x/onerror=alert(1)>'
const REFUSED = 'this is no line of a log </script><script>alert(2)</script>'

const folder = mkdtempSync(join(tmpdir(), 'heedful-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

interface AlertLine {
  id: string
  title: string
  risk: number
  reasons: { observed: string; expected: string }[]
}

let browser: Browser
/** What the scan wrote as lines, strongest first. */
let alerts: AlertLine[]

beforeAll(async () => {
  const built = buildPage()
  if (built.status !== 0) throw new Error(built.said)
  const { log, lines } = await writeBreakIns(folder, 12)
  const victim = / Failed password for (\S+) from 203\.0\.113\./.exec(lines.join('\n'))?.[1] as string
  writeFileSync(log, `${[...lines, REFUSED].join('\n').replaceAll(victim, HOSTILE)}\n`)
  const words = ['scan', log, '--timezone', 'UTC', '--year', '2026', '--data', at('data')]
  const scan = await heedful([...words, '--report', at('r.html'), '--alerts', at('a.ndjson')])
  expect(scan).toMatchObject({ code: 0 })
  expect(scan.out).toContain('r.html')
  alerts = readFileSync(at('a.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AlertLine)
    .sort((a, b) => b.risk - a.risk)
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 180_000)
afterAll(() => browser?.close())

interface Visit {
  page: Page
  /** What the browser complained of, and what was asked for besides the file. */
  complaints: string[]
}

async function open(name: string, hash = '', options: BrowserContextOptions = WIDE): Promise<Visit> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', ...options })
  const page = await context.newPage()
  const url = pathToFileURL(at(name)).href
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  page.on('request', (request) => {
    const asked = request.url()
    if (asked.split('#')[0] !== url && !asked.startsWith('data:')) complaints.push(`asked ${asked}`)
  })
  await page.goto(`${url}${hash}`)
  await page.locator('h1').first().waitFor({ state: 'attached' })
  return { page, complaints }
}

const hashOf = (id: string) => `#/alerts/${encodeURIComponent(id)}`

describe('every view', () => {
  const VIEWS: Record<string, () => string> = {
    alerts: () => '',
    alert: () => hashOf((alerts[0] as AlertLine).id),
    log: () => '#/data',
    nowhere: () => '#/entities',
  }
  for (const [view, hash] of Object.entries(VIEWS)) {
    for (const [mode, options] of Object.entries(MODES)) {
      inBrowser(`${view}, ${mode}: no violation of accessibility, no complaint, no request`, async () => {
        const { page, complaints } = await open('r.html', hash(), options)
        await page.waitForTimeout(200)
        expect(complaints).toEqual([])
        await expectAccessible(page)
        await page.context().close()
      })
    }
  }
})

inBrowser('alerts are walked through, read, searched and left by keyboard alone', async () => {
  const { page, complaints } = await open('r.html')
  expect(await page.locator('[role=status]').first().textContent()).toBe(`${alerts.length} alerts, strongest first`)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('.reasons').waitFor()
  const [first, second] = alerts as [AlertLine, AlertLine]
  expect(await page.locator('h1').textContent()).toBe(first.title)
  const text = (await page.locator('.reasons').textContent()) as string
  for (const part of [first.reasons[0]?.observed, first.reasons[0]?.expected]) expect(text).toContain(part)
  expect(await page.locator('.fall').count()).toBeGreaterThan(0)
  expect(await page.locator('.week-cell').count()).toBeGreaterThan(0)
  expect(await page.locator('.raw pre').first().textContent()).toContain('password for')
  await page.keyboard.press('j')
  await expect.poll(() => new URL(page.url()).hash).toBe(hashOf(second.id))
  await page.keyboard.press('Escape')
  await page.locator('.list-row').first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('nobody-is-called-that')
  await page.getByText('No alert is like that').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await page.getByText('What was read').first().waitFor()
  await page.goBack()
  await page.getByText('No alert is like that').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

inBrowser('what a log writes is text, also where it is HTML or ends a script', async () => {
  const { page, complaints } = await open('r.html', `#/alerts?entity=${encodeURIComponent(HOSTILE)}`)
  await page.locator('.list-link').first().click()
  await page.locator('.raw').getByText(HOSTILE).first().waitFor()
  expect(await page.locator('main img').count()).toBe(0)
  await page.keyboard.press('2')
  await page.locator('.refused').getByText(REFUSED).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

inBrowser('no request can leave it', async () => {
  let asked = 0
  const outside = createServer((_request, response) => {
    asked++
    response.setHeader('access-control-allow-origin', '*').end()
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
  const { page } = await open('r.html')
  const tries = ['fetch(URL)', 'new Promise((r, e) => Object.assign(new Image(), { onload: r, onerror: e, src: URL }))']
  for (const tried of tries) {
    const ended = await page.evaluate(
      `${tried.replace('URL', JSON.stringify(url))}.then(() => 'went', () => 'stopped')`,
    )
    expect(ended).toBe('stopped')
  }
  const script =
    "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
  expect(await page.evaluate(`${script}; window.ran`)).toBe(undefined)
  expect(asked).toBe(0)
  await page.context().close()
  outside.close()
})

inBrowser('ten thousand alerts open, of which only those in sight are drawn', async () => {
  openReport(at('many.html')).write(madeUpReport(10_000), Date.parse('2026-06-01T00:00:00Z'))
  expect(statSync(at('many.html')).size).toBeLessThan(40 * 1024 * 1024)
  const { page, complaints } = await open('many.html')
  await page.getByText('10,000 alerts, strongest first').waitFor()
  expect(await page.locator('.list-row').count()).toBeLessThan(60)
  await page.evaluate("document.querySelector('.list-scroll').scrollTop = 1e9")
  await page.locator('[aria-posinset="10000"]').waitFor()
  expect(await page.locator('main img').count()).toBe(0)
  await page.locator('.list-row').last().locator('.list-link').click()
  await page
    .locator('.raw')
    .getByText(NAMES[0] as string)
    .first()
    .waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

inBrowser('a report that was cut on its way says so', async () => {
  const whole = readFileSync(at('r.html'), 'utf8')
  writeFileSync(at('cut.html'), whole.replace(/("alerts":\[.{500}).*(<\/script>\s*<script>)/s, '$1$2'))
  const { page } = await open('cut.html')
  await page.getByText('This report cannot be read').waitFor()
  await page.context().close()
})

it('a scan that keeps nothing writes the same alerts and lines; a replay the same alerts', async () => {
  const given = (name: string) => {
    const [, json = ''] =
      /<script type="application\/json" id="given">([^<]*)</.exec(readFileSync(at(name), 'utf8')) ?? []
    return JSON.parse(json) as { alerts: { id: string; raw: object[] }[]; contexts: object[]; log: { events: number } }
  }
  const log = at('auth.log')
  const words = ['--timezone', 'UTC', '--year', '2026', '--report', at('alone.html')]
  expect((await heedful(['scan', log, ...words])).code).toBe(0)
  expect((await heedful(['replay', '--data', at('data'), '--report', at('again.html')])).code).toBe(0)
  const kept = given('r.html')
  expect(kept.alerts.map(({ id }) => id)).toEqual(alerts.map(({ id }) => id))
  for (const { raw } of kept.alerts) expect(raw.length).toBeGreaterThan(0)
  const alone = given('alone.html')
  expect(alone.alerts).toEqual(kept.alerts)
  const again = given('again.html')
  expect(again.alerts).toEqual(kept.alerts)
  expect(again.contexts).toEqual(alone.contexts)
  expect(again.log.events).toBe(kept.log.events)
})
