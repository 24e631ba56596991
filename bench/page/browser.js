/** The system's Chromium, and what it measures of the pages that it shows. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

function findChromium() {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path))
  if (found === undefined) throw new Error('Chromium is not installed (Debian: apt-get install -y chromium)')
  return found
}

export const launch = () => chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] })

/** Kept by the page itself: its largest paints, and its interactions (W3C Event Timing) from 16 ms on. */
const WATCHING = `
  window.paints = []
  window.interactions = new Map()
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) window.paints.push(startTime)
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const { interactionId: id, duration, name, target } of list.getEntries()) {
      if (id === 0 || duration <= (window.interactions.get(id)?.ms ?? 0)) continue
      window.interactions.set(id, { ms: duration, name: name + ' on ' + (target?.className || target?.localName || 'what is gone') })
    }
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 })`

/** A fresh page with an empty cache. `slower`: its processor is slowed down so many times. */
export async function openPage(browser, { slower = 1 } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(WATCHING)
  const devtools = await context.newCDPSession(page)
  if (slower !== 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  return { page, devtools, close: () => context.close() }
}
