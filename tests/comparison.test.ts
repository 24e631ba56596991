/** The report of a comparison, opened from the disk in a real browser: all that it shows is in the one file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heedful } from '../apps/heedful/src/commands/run-command.fixture.ts'
import { createRandom } from '../packages/detect/src/contracts/random.ts'
import { buildPage } from '../scripts/build-page.js'
import { executablePath, expectAccessible, inBrowser, MODES, WIDE } from './house/visits.ts'

/** A file may be called anything. */
const HOSTILE = '<img src=x onerror=alert(1)>.csv'

const folder = mkdtempSync(join(tmpdir(), 'heedful-comparison-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

function writeTable(name: string, far: number): string {
  const random = createRandom(name)
  const lines = Array.from({ length: 400 }, (_, i) => {
    const label = i % 20 === 3 ? 1 : 0
    return `${(random.normal() + far * label).toFixed(4)},${random.normal().toFixed(4)},${label}`
  })
  writeFileSync(at(name), `x,y,label\n${lines.join('\n')}\n`)
  return at(name)
}

let browser: Browser
let said: Awaited<ReturnType<typeof heedful>>

beforeAll(async () => {
  const built = buildPage()
  if (built.status !== 0) throw new Error(built.said)
  const files = [writeTable('easy.csv', 9), writeTable(HOSTILE, 2), at('nowhere.csv')]
  const words = ['--label', 'label', '--detectors', 'ecod,isolation-forest,rarity', '--report', at('r.html')]
  said = await heedful(['compare', ...files, ...words])
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 180_000)
afterAll(() => browser?.close())

it('prints the lines of evaluate, and the detectors side by side, best first', () => {
  expect(said.code).toBe(3)
  expect(said.err).toContain('nowhere.csv')
  expect(said.out).toMatch(/\neasy\.csv +ecod +400 /)
  const [, table = ''] = said.out.split('\nROC-AUC')
  expect(table).toContain('easy.csv')
  const means = [...table.matchAll(/^\S+ +(0\.\d{4})/gm)].map(([, mean]) => Number(mean))
  expect(means).toHaveLength(2)
  expect(means[0]).toBeGreaterThanOrEqual(means[1] as number)
})

async function open(options: BrowserContextOptions = WIDE, name = 'r.html') {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const url = pathToFileURL(at(name)).href
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) complaints.push(`asked ${request.url()}`)
  })
  await page.goto(url)
  await page.locator('h1').waitFor()
  return { page, complaints }
}

describe('the page', () => {
  for (const [mode, options] of Object.entries(MODES)) {
    inBrowser(`${mode}: no violation of accessibility, no complaint, no request`, async () => {
      const { page, complaints } = await open(options)
      await expectAccessible(page)
      expect(complaints).toEqual([])
      await page.context().close()
    })
  }

  inBrowser('a cell of the map chooses; the threshold moves; by keyboard too', async () => {
    const { page, complaints } = await open()
    expect(await page.locator('.heat-cell').count()).toBe(4)
    expect(await page.locator('.plot-line').count()).toBe(4)
    await page.locator('.heat-cell button').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Curves of ${at(HOSTILE)}` }).waitFor()
    const cells = () => page.locator('.confusion td.number').allTextContents()
    const [hits, missed, alarms, passed] = (await cells()).map(Number) as [number, number, number, number]
    expect([hits + missed, alarms + passed]).toEqual([20, 380])
    await page.locator('.slider input').focus()
    await page.keyboard.press('Home')
    expect(await cells()).toEqual(['20', '0', '380', '0'])
    await page.keyboard.press('End')
    expect(await cells()).toEqual(['0', '20', '0', '380'])
    await page.getByRole('button', { name: 'Best F1' }).click()
    expect((await cells()).map(Number)).toEqual([hits, missed, alarms, passed])
    await page.getByRole('button', { name: 'Average precision' }).click()
    await page.locator('.unmeasured').getByText('there is no such file').first().waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  inBrowser('a report that was cut on its way says so', async () => {
    const whole = readFileSync(at('r.html'), 'utf8')
    writeFileSync(at('cut.html'), whole.replace(/("detectors":\[).*(<\/script>\s*<script>)/s, '$1$2'))
    const { page } = await open(WIDE, 'cut.html')
    await page.getByText('This report cannot be read').waitFor()
    await page.context().close()
  })
})
