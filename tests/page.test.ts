/**
 * The page in a real browser, on the real server, with what it found in a log: every action by keyboard, nothing that a
 * screen reader trips over, nothing that leaves the host. HEEDFUL_SCREENSHOTS=renew writes docs/page/*.jpg anew.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshFolder, type RunningServer, startServer } from '../apps/heedful/src/api/running-server.fixture.ts'
import { writeBreakIns } from '../apps/heedful/src/commands/break-ins.fixture.ts'
import { writeSimulation } from '../apps/heedful/src/commands/simulate.ts'
import { buildPage } from '../scripts/build-page.js'
import { NO_CHROMIUM } from './house/browser.ts'
import { ROOT } from './house/sources.ts'
import { executablePath, expectAccessible, inBrowser, MODES, WIDE } from './house/visits.ts'

const renew = process.env['HEEDFUL_SCREENSHOTS'] === 'renew'
const PICTURES = join(ROOT, 'docs/page')
const LARGEST_SCRIPT = 200 * 1024

let server: RunningServer
let browser: Browser
let origin: string
/** The strongest alert, and whose it is. */
let top: { id: string; entity: { type: string; id: string } }

/** Somebody's name. */
const HOSTILE = '<img/src=x/onerror=alert(1)>'
/** Passwords guessed at until one fits. */
const guessed = (name: string, day: number, address: string): string[] =>
  Array.from({ length: 401 }, (_, i) => {
    const at = `Mar ${day} 03:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`
    const outcome = i < 400 ? 'Failed' : 'Accepted'
    return `${at} files-01 sshd[${90_000 + i}]: ${outcome} password for ${name} from ${address} port 40000 ssh2`
  })

/** People of the calm log: one is called by a script, two are guessed at while somebody looks. */
let people: readonly string[] = []

async function smallLog(folder: string): Promise<string[]> {
  const { lines } = await writeBreakIns(folder, 12)
  people = [...new Set(lines.flatMap((line) => / Accepted \S+ for ([a-z]\S+) from/.exec(line)?.[1] ?? []))].slice(-3)
  const renamed = lines.map((line) => line.replaceAll(people[0] as string, HOSTILE))
  return [...renamed, ...guessed(HOSTILE, 14, '203.0.113.66'), 'this is no line of a log']
}

async function largeLog(out: string): Promise<string[]> {
  const { log } = await writeSimulation({ out, users: 120, days: 42, seed: 7, as: 'ecs', attacks: true })
  return readFileSync(log, 'utf8').trimEnd().split('\n')
}

async function sendLog(): Promise<void> {
  const lines = await (renew ? largeLog : smallLog)(freshFolder())
  for (let i = 0; i < lines.length; i += 2000) {
    const { status } = await server.send(lines.slice(i, i + 2000), renew ? {} : { 'x-heedful-source': 'bastion' })
    expect(status).toBe(202)
  }
  await server.service.caughtUp()
}

beforeAll(async () => {
  if (executablePath === undefined) return
  const built = buildPage()
  if (built.status !== 0) throw new Error(built.said)
  server = await startServer()
  origin = `http://localhost:${server.port}`
  await sendLog()
  const { alerts } = (await server.ask('/v1/alerts?limit=200')).json as { alerts: ({ risk: number } & typeof top)[] }
  top = alerts.toSorted((a, b) => b.risk - a.risk)[0] as typeof top
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

interface Visit {
  page: Page
  /** What the browser complained of, and what was asked of other hosts. */
  complaints: string[]
}

async function visit(path: string, options: BrowserContextOptions = WIDE): Promise<Visit> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error') complaints.push(`${message.text()} (${url})`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && url.protocol !== 'data:') complaints.push(`asked ${url.href}`)
  })
  await page.goto(`${origin}${path}`)
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  return { page, complaints }
}

const focused = (page: Page) => page.evaluate('document.activeElement.textContent')

describe('every view', () => {
  const VIEWS: Record<string, () => string> = {
    now: () => '/',
    alerts: () => '/alerts',
    alert: () => `/alerts/${encodeURIComponent(top.id)}`,
    entities: () => '/entities',
    entity: () => `/entities/${top.entity.type}/${encodeURIComponent(top.entity.id)}`,
    data: () => '/data',
    nowhere: () => '/alerts/none/such',
  }
  for (const [view, path] of Object.entries(VIEWS)) {
    for (const [mode, options] of Object.entries(MODES)) {
      inBrowser(`${view}, ${mode}: no violation of accessibility, no complaint, nothing leaves the host`, async () => {
        const { page, complaints } = await visit(path(), options)
        await page.waitForTimeout(300)
        await expectAccessible(page)
        expect(complaints).toEqual([])
        if (renew && view !== 'nowhere') {
          mkdirSync(PICTURES, { recursive: true })
          await page.screenshot({ path: join(PICTURES, `${view}-${mode}.jpg`), type: 'jpeg', quality: 70 })
        }
        await page.context().close()
      })
    }
  }
})

describe('by keyboard alone', () => {
  inBrowser('alerts are walked through, read, labelled, and the label taken back', async () => {
    const { page } = await visit('/alerts')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const first = await focused(page)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/alerts\/./)
    await page.locator('.reasons').waitFor()
    expect(await page.locator('h1').textContent()).toBe(first)
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/')[2] as string)
    const label = async () => (await server.ask(`/v1/alerts/${encodeURIComponent(id)}`)).json['label']

    await page.keyboard.press('m')
    await page.getByText('Alert labelled malicious').waitFor()
    expect(await label()).toBe('malicious')
    await page.keyboard.press('z')
    await page.locator('.label-malicious[aria-pressed=false]').waitFor()
    await expect.poll(label).toBe(null)

    await page.keyboard.press('j')
    await page.waitForURL((url) => !url.pathname.endsWith(encodeURIComponent(id)))
    await page.keyboard.press('Escape')
    await page.waitForURL(`${origin}/alerts`)
    await expect.poll(() => focused(page)).not.toBe(first)
    await page.context().close()
  })

  inBrowser('several are selected and labelled at once', async () => {
    const { page } = await visit('/alerts')
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('b')
    await page.getByText('2 alerts labelled benign').waitFor()
    expect(await page.locator('.label-chip-benign').count()).toBe(2)
    await page.keyboard.press('z')
    await expect.poll(() => page.locator('.label-chip-benign').count()).toBe(0)
    await page.context().close()
  })

  inBrowser('search, help, zone and views are one key away', async () => {
    const { page } = await visit('/alerts')
    await page.keyboard.press('/')
    await page.keyboard.type('nobody-is-called-that')
    await page.getByText('No alert is like that').waitFor()
    expect(new URL(page.url()).search).toBe('?q=nobody-is-called-that')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    const zone = page.locator('.zone')
    expect(await zone.textContent()).toBe('Local')
    await page.keyboard.press('u')
    expect(await zone.textContent()).toBe('UTC')
    await page.keyboard.press('4')
    await page.waitForURL(`${origin}/data`)
    await page.context().close()
  })
})

describe('what comes in live', () => {
  const send = async (name: string, day: number) => {
    await server.send(guessed(name, day, `203.0.113.${day}`), { 'x-heedful-source': 'bastion' })
    await server.service.caughtUp()
  }
  inBrowser('stands at the top of who only looks, and waits behind a button for who reads', async () => {
    if (renew) return
    const { page } = await visit('/alerts', { viewport: { width: 1280, height: 520 } })
    await page.locator('.connection-live').waitFor()
    const rows = page.locator('.list-row')
    const before = await rows.first().locator('.list-link').getAttribute('href')
    await send(people[1] as string, 20)
    await expect.poll(() => rows.first().locator('.list-link').getAttribute('href')).not.toBe(before)

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const seen = await rows.allTextContents()
    await send(people[2] as string, 22)
    await page.locator('.new-alerts').waitFor()
    expect(await rows.allTextContents()).toEqual(seen)
    await page.keyboard.press('n')
    await expect.poll(() => rows.first().textContent()).toContain(people[2])
    expect(await page.locator('.new-alerts').count()).toBe(0)
    await page.context().close()
  })
})

describe('when the server goes away', () => {
  inBrowser('the page says so and from when its numbers are, and goes on by itself', async () => {
    const { page } = await visit('/')
    await page.locator('.connection-live').waitFor()
    await page.context().setOffline(true)
    server.app.server.closeAllConnections()
    await page.getByText('The server does not answer.').waitFor()
    await page.context().setOffline(false)
    await page.locator('.connection-live').waitFor()
    expect(await page.locator('.outage').count()).toBe(0)
    await page.context().close()
  })

  inBrowser('what is not there says where to go, not how programs ask', async () => {
    const { page } = await visit('/entities/user/none-such')
    await page.getByText('Nothing is known of the user none-such').waitFor()
    expect(await page.locator('main').textContent()).not.toContain('/v1/')
    await page.getByRole('link', { name: 'Go to Now' }).click()
    await page.waitForURL(`${origin}/`)
    await page.context().close()
  })
})

const program = existsSync(join(ROOT, 'apps/heedful/dist/entry.js'))

describe.skipIf(!program)(`a log file that is dropped${program ? '' : ' (not built: npm run build)'}`, () => {
  const dropped = async (page: Page, name: string, text: string) => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  }
  inBrowser('is looked at in a space of its own, where nothing pretends to be live', async () => {
    if (renew) return
    const { page, complaints } = await visit('/data')
    const log = [...guessed('eve', 14, '203.0.113.99'), 'this is no line either']
    await dropped(page, 'old.log', log.join('\n'))
    await page.getByRole('link', { name: 'Look at it' }).click()
    await page.getByText('You are looking at old.log').waitFor()
    await page.locator('.connection-still').waitFor()
    await page.locator('.list-link').first().click()
    await page.locator('.raw').getByText('old.log, line').first().waitFor()
    expect(await page.locator('.label-benign').count()).toBe(0)
    await page.keyboard.press('1')
    await page.getByText('Read to the end').waitFor()
    expect(await page.getByText('Lag').count()).toBe(0)
    await page.keyboard.press('4')
    await page.getByText('this is no line either').waitFor()
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  inBrowser('and cannot be read says what is wrong, and below it the way out', async () => {
    if (renew) return
    const { page } = await visit('/data')
    await dropped(page, 'letter.txt', 'Dear Ada,\nhow are you?\n')
    await expect.poll(() => page.locator('.space-failed').textContent()).toMatch(/^letter\.txt: the first 2 lines/)
    const row = page.locator('.space-row', { hasText: 'letter.txt' })
    expect(await row.locator('.space-note').textContent()).toMatch(/map FILE --out mapping\.yaml/)
    expect(await row.textContent()).not.toMatch(/error|what to do/)
    await page.context().close()
  })
})

describe('what a log writes', () => {
  inBrowser('is text, also where it is HTML', async () => {
    if (renew) return
    const { page, complaints } = await visit(`/alerts?state=all&entity=${encodeURIComponent(HOSTILE)}`)
    await page.locator('.list-link').first().click()
    await page.locator('.raw').getByText(HOSTILE).first().waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  inBrowser('and could not be read is shown with its reason, and tried again', async () => {
    if (renew) return
    const { page } = await visit('/data')
    await page.getByText('this is no line of a log').waitFor()
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.getByText(/refused again|read this time/i).waitFor()
    await page.context().close()
  })
})

inBrowser('who is suspicious is compared with a peer', async () => {
  const { page } = await visit(`/entities/${top.entity.type}/${encodeURIComponent(top.entity.id)}`)
  const mate = page.locator('.mate').first()
  if ((await mate.count()) > 0) {
    await mate.click()
    await page.locator('.sides').waitFor()
    expect(new URL(page.url()).searchParams.get('peer')).toBeTruthy()
  }
  await page.locator('.risk-plot').focus()
  await page.keyboard.press('ArrowLeft')
  expect(await page.locator('.risk-plot').getAttribute('aria-valuetext')).toMatch(/^risk /)
  await page.context().close()
})

it('the first JavaScript is at most 200 KB gzip', ({ skip }) => {
  if (executablePath === undefined) skip(NO_CHROMIUM)
  const assets = join(ROOT, 'apps/dashboard/dist/assets')
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))
  const size = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0)
  expect(scripts.length).toBeGreaterThan(0)
  expect(size).toBeLessThan(LARGEST_SCRIPT)
})
