/** What tests that look at pages in a real browser have alike. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { findChromium, NO_CHROMIUM } from './browser.ts'
import { ROOT } from './sources.ts'

export const executablePath = findChromium()

export const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
export const MODES: Record<string, BrowserContextOptions> = {
  light: { ...WIDE, colorScheme: 'light' },
  dark: { ...WIDE, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
}

const AXE = join(ROOT, 'node_modules/axe-core/axe.min.js')

/** A test that needs the browser. */
export const inBrowser = (name: string, test: () => Promise<void>) =>
  it(name, async ({ skip }) => {
    if (executablePath === undefined) skip(NO_CHROMIUM)
    await test()
  })

/** Nothing that a screen reader trips over, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(readFileSync(AXE, 'utf8'))
  const found = (await page.evaluate('axe.run()')) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([])
  const wide = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
  expect(wide, 'nothing is scrolled sideways').toBeLessThanOrEqual(0)
}
