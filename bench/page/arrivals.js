/** From an event on its way to its alert on the page: passwords guessed at until one fits, amid the life of everybody else. */
import { quantile } from '../stream/journeys.js'
import { openPage } from './browser.js'

const FAILURES = 40
/** Batches of everybody else's events a second. */
const BATCHES = 20
/** Until an alert that did not come is given up, ms; one that the server has by then counts as that late. */
const PATIENCE = 15_000

/** Notes when a row first speaks of a name. A list of rows alone is watched, not the rest of the page. */
const WATCH = `
  window.shown = new Map()
  const look = () => {
    for (const row of document.querySelectorAll('.list-row strong')) {
      if (!window.shown.has(row.textContent)) window.shown.set(row.textContent, Date.now())
    }
  }
  look()
  new MutationObserver(look).observe(document.querySelector('.list-box'), { childList: true, subtree: true, characterData: true })`

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** A log-in of everybody who has one in these lines, by name. */
export function findLogIns(lines) {
  const found = new Map()
  for (const line of lines) {
    const event = JSON.parse(line)
    if (event.event?.category?.[0] === 'authentication' && event.event.type[0] === 'start' && event.user?.name)
      found.set(event.user.name, event)
  }
  return [...found.values()]
}

const addressOf = (which) => `203.0.${113 + (which >> 8)}.${which & 255}`

/** The lines of one attack on whoever logged in so, from an address of its own, from a moment on (ms UTC). */
export function attackOn(logIn, which, from) {
  const ip = addressOf(which)
  return Array.from({ length: FAILURES + 1 }, (_, i) =>
    JSON.stringify({
      ...logIn,
      '@timestamp': new Date(from + i * 250).toISOString(),
      event: { ...logIn.event, id: `attack-${which}-${i}`, outcome: i < FAILURES ? 'failure' : 'success' },
      source: { ip, port: 40_000 + i },
    }),
  )
}

const timeOf = (line) => Date.parse(JSON.parse(line)['@timestamp'])

/** Sends lines at a fixed rate until stopped; each batch is timed by itself, so a slow one delays no other. */
function sendLife(client, lines, rate) {
  const size = Math.max(1, Math.round(rate / BATCHES))
  const state = { sent: 0, waited: 0, now: timeOf(lines[0]), stopped: false }
  const started = performance.now()
  const loop = async () => {
    while (!state.stopped && state.sent < lines.length) {
      const due = Math.min(lines.length, Math.floor(((performance.now() - started) * rate) / 1000))
      while (state.sent + size <= due) {
        const batch = lines.slice(state.sent, state.sent + size)
        state.sent += size
        state.now = timeOf(batch.at(-1))
        void client.ask('/v1/events', Buffer.from(batch.join('\n'))).then(({ status }) => {
          if (status !== 202) state.waited++
        })
      }
      await wait(5)
    }
    state.seconds = (performance.now() - started) / 1000
  }
  return { state, ended: loop() }
}

/** ms from each attack being sent until its alert is in the page; those that the server never raised are counted apart. */
export async function measureArrivals({ browser, origin, client, lines, logIns, attacks, rate }) {
  const { page, close } = await openPage(browser)
  await page.goto(`${origin}/alerts`)
  await page.locator('.connection-live').waitFor()
  await page.locator('.list-row').first().waitFor()
  await page.evaluate(`(() => {${WATCH}})()`)
  const { state, ended } = sendLife(client, lines, rate)
  const every = ((lines.length / rate) * 1000 - 2000) / attacks
  const [whole, acknowledged] = [[], []]
  const started = performance.now()
  let unraised = 0
  for (let which = 0; which < attacks && state.sent < lines.length; which++) {
    // Spread unevenly, so that they fall together with whatever comes at regular times.
    const due = started + every * (which + ((which * 0.618) % 1))
    await wait(Math.max(0, due - performance.now()))
    const logIn = await someoneUnseen(page, logIns)
    const body = Buffer.from(attackOn(logIn, which, state.now).join('\n'))
    const sent = Date.now()
    const { status, text } = await client.ask('/v1/events', body)
    if (status !== 202) throw new Error(`${status} ${text}`)
    acknowledged.push(Date.now() - sent)
    const shown = await whenShown(page, [logIn.user.name, addressOf(which)])
    if (shown !== undefined) whole.push(shown - sent)
    else if (await isRaised(client, [logIn.user.name, addressOf(which)])) whole.push(PATIENCE)
    else unraised++
  }
  state.stopped = true
  await ended
  await close()
  return {
    shown: whole.length,
    unraised,
    whole: summarise(whole),
    acknowledged: summarise(acknowledged),
    perSecond: state.sent / state.seconds,
    refused: state.waited,
  }
}

function summarise(times) {
  const sorted = Float64Array.from(times).sort()
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), worst: sorted.at(-1) }
}

/** The next one of whom no row has spoken yet. */
async function someoneUnseen(page, logIns) {
  while (logIns.length > 0) {
    const next = logIns.shift()
    if (!(await page.evaluate(`window.shown.has(${JSON.stringify(next.user.name)})`))) return next
  }
  throw new Error('everybody has an alert already: simulate more people (--users)')
}

async function isRaised(client, names) {
  const answers = await Promise.all(
    names.map((name) => client.ask(`/v1/alerts?limit=1&entity=${encodeURIComponent(name)}`)),
  )
  return answers.some(({ text }) => JSON.parse(text).total > 0)
}

/** When a row first spoke of the attacked or the attacker. */
async function whenShown(page, names) {
  const until = Date.now() + PATIENCE
  while (Date.now() < until) {
    const at = await page.evaluate(`${JSON.stringify(names)}.map((name) => window.shown.get(name) ?? Infinity)`)
    if (Math.min(...at) < Infinity) return Math.min(...at)
    await wait(50)
  }
  return undefined
}
