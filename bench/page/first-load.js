/** What a first visit costs: bytes, and the time until the largest thing is painted. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { openPage } from './browser.js'

const ASSETS = fileURLToPath(new URL('../../apps/dashboard/dist/assets', import.meta.url))
/** Nothing larger is painted so long after the rows are there. Milliseconds. */
const SETTLED = 700

/** Bytes of all scripts of the page, packed. */
export const scriptBytes = () =>
  readdirSync(ASSETS)
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(ASSETS, name)), { level: 9 }).length, 0)

/** One visit with an empty cache. @returns ms until the largest paint; bytes and requests that went over the wire */
export async function visitOnce(browser, url, ready, slower) {
  const { page, devtools, close } = await openPage(browser, { slower })
  let [bytes, requests] = [0, 0]
  await devtools.send('Network.enable')
  devtools.on('Network.requestWillBeSent', () => requests++)
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(url)
  await page.locator(ready).first().waitFor()
  await page.waitForTimeout(SETTLED)
  const paints = await page.evaluate('window.paints')
  await close()
  return { paint: paints.at(-1) ?? Number.NaN, bytes, requests }
}
