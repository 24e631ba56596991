/** Whether a list of ten thousand alerts scrolls evenly, by Chromium's own trace of frames. */
import { openPage } from './browser.js'

const TRACED = ['disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame']
/** One of 60 frames a second, ms. */
const FRAME = 1000 / 60
const PAGES = 400
const DISTANCE = 20_000
/** A longer trace is more text than Node holds. */
const SECONDS = 5

/** Goes to the end until nothing more is to be loaded, and back. @returns how many alerts the list holds */
async function loadAll(page, count) {
  for (let i = 0; i < PAGES; i++) {
    const rows = await page.evaluate(`(() => {
      const list = document.querySelector('.list-scroll')
      list.scrollTop = list.scrollHeight
      return Math.round(list.scrollHeight / 68)
    })()`)
    if (rows >= count) break
    await page.waitForTimeout(30)
  }
  await page.waitForTimeout(500)
  await page.evaluate("document.querySelector('.list-scroll').scrollTop = 0")
  await page.waitForTimeout(500)
  return page.evaluate("Math.round(document.querySelector('.list-scroll').scrollHeight / 68)")
}

/** Frames a second that an animation gets where nothing else is done: what a machine without a screen can show. */
const idleRate = (page) =>
  page.evaluate(`new Promise((done) => {
    const started = performance.now()
    let frames = 0
    const next = () => (++frames < 120 ? requestAnimationFrame(next) : done((1000 * frames) / (performance.now() - started)))
    requestAnimationFrame(next)
  })`)

/** What a trace says of one gesture. Times in a trace are µs. */
function readTrace({ traceEvents }) {
  const main = traceEvents.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const reported = traceEvents.filter(
    ({ name, ph, pid }) => name === 'PipelineReporter' && ph === 'b' && pid === main.pid,
  )
  const frames = reported.map(({ args }) => args.frame_reporter).filter((one) => one?.scroll_state !== 'SCROLL_NONE')
  const draws = traceEvents
    .filter(({ name, pid }) => name === 'DrawFrame' && pid === main.pid)
    .map(({ ts }) => ts / 1000)
  const gaps = draws.slice(1).map((at, i) => at - draws[i])
  // By the processor's time, which says the same on a machine that does other things besides.
  const tasks = traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && pid === main.pid && tid === main.tid)
    .map(({ tdur = 0 }) => tdur / 1000)
  return {
    frames: frames.length,
    dropped: frames.filter(({ state }) => state === 'STATE_DROPPED').length,
    blank: frames.filter(({ has_missing_content: missing }) => missing === true).length,
    gaps,
    seconds: (draws.at(-1) - draws[0]) / 1000,
    tasks,
  }
}

async function scroll({ browser, page, devtools }, speed) {
  await page.evaluate("document.querySelector('.list-scroll').scrollTop = 0")
  await page.waitForTimeout(300)
  await browser.startTracing(page, { categories: TRACED })
  for (const way of [-1, 1]) {
    await devtools.send('Input.synthesizeScrollGesture', {
      x: 600,
      y: 500,
      yDistance: way * Math.min(DISTANCE, SECONDS * speed),
      speed,
      gestureSourceType: 'mouse',
    })
  }
  const { frames, dropped, blank, gaps, seconds, tasks } = readTrace(JSON.parse(`${await browser.stopTracing()}`))
  return {
    speed,
    rate: gaps.length / seconds,
    frames,
    dropped,
    blank,
    // Frames come at 16.6 or 16.8 ms; one that took two turns came late.
    late: gaps.filter((ms) => ms > 1.5 * FRAME).length / gaps.length,
    work: tasks.reduce((sum, ms) => sum + ms, 0) / gaps.length,
    longest: Math.max(0, ...tasks),
  }
}

/** Down and up again at each speed, pixels a second. */
export async function measureScrolling(browser, origin, count, speeds) {
  const { page, devtools, close } = await openPage(browser)
  await page.goto(`${origin}/alerts?state=all`)
  await page.locator('.list-row').first().waitFor()
  const idle = await idleRate(page)
  const alerts = await loadAll(page, count)
  const runs = []
  for (const speed of speeds) runs.push(await scroll({ browser, page, devtools }, speed))
  await close()
  return { idle, alerts, runs }
}
