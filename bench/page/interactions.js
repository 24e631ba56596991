/** How soon the page answers: Interaction to Next Paint over a scripted round of all that can be done on it. */
import { openPage } from './browser.js'

/** Between two actions, so that each is answered before the next. Milliseconds. */
const PAUSE = 120

/** Keys, texts and clicks in the order of a day's work. */
const ROUND = [
  ...Array.from({ length: 12 }, () => ({ key: 'j' })),
  { key: 'k' },
  { key: 'x' },
  { key: 'j' },
  { key: 'x' },
  { key: 'Escape' },
  { key: 'Enter', ready: '.reasons' },
  { key: 'j', ready: '.reasons' },
  { key: 'm' },
  { key: 'z' },
  { key: 'Escape', ready: '.list-row' },
  { key: '/' },
  { type: 'unusual' },
  { key: 'Escape' },
  { key: '?' },
  { key: 'Escape' },
  { key: 'u' },
  { key: 'u' },
  { key: '1', ready: '.metrics' },
  { key: '3', ready: 'table, .entities' },
  { key: '4', ready: 'h1' },
  { key: '2', ready: '.list-row' },
  { click: '.filter-severity .button >> nth=3' },
  { click: '.filter-severity .button >> nth=3' },
  { click: '.list-row >> nth=2', ready: '.reasons' },
  { click: '.label-benign' },
  { click: '.label-benign' },
  { click: '.crumbs .button >> nth=0', ready: '.list-row' },
  { click: '.tools .button >> nth=1' },
  { click: '.tools .button >> nth=1' },
  { click: '.tools .button >> nth=1' },
  { click: '.view-link >> nth=2', ready: 'h1' },
  { click: '.view-link >> nth=0', ready: '.metrics' },
]

async function act(page, { key, type, click, ready }) {
  if (key !== undefined) await page.keyboard.press(key)
  else if (type !== undefined) await page.keyboard.type(type, { delay: PAUSE })
  else await page.locator(click).click()
  if (ready !== undefined) await page.locator(ready).first().waitFor()
  await page.waitForTimeout(PAUSE)
}

/** @returns ms of the slowest interaction (as INP has it below 50 of them), what it was, and how many took over 16 ms */
export async function measureInteractions(browser, origin, slower) {
  const { page, close } = await openPage(browser, { slower })
  await page.goto(`${origin}/alerts`)
  await page.locator('.list-row').first().waitFor()
  for (const step of ROUND) await act(page, step)
  const seen = await page.evaluate('[...window.interactions.values()]')
  await close()
  const worst = seen.reduce((worst, one) => (one.ms > worst.ms ? one : worst), { ms: 16, name: 'none over 16 ms' })
  return { ...worst, noticed: seen.length, actions: ROUND.length }
}
