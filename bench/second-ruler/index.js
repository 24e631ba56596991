/**
 * A second labelled organisation, made without looking at the first: so that what is tuned on one is measured on the other.
 * `node bench/second-ruler/index.js --seed 1 --out DIR [--users 300] [--days 42] [--without-attacks]`
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { runCampaigns } from './attacks/index.js'
import { ordinaryDays } from './days.js'
import { line } from './lines.js'
import { lookAlikes } from './look-alikes/index.js'
import { bookTrips } from './look-alikes/trips.js'
import { cast, device } from './people.js'
import { dice, hash } from './random.js'
import { addressBook, CITIES, DAY, HOSTING } from './world.js'

/** Three springs and autumns: clocks change and holidays fall inside some of them. */
const STARTS = ['2025-09-22', '2025-05-05', '2026-03-02', '2025-10-13', '2026-01-12', '2026-03-16']
const HOLIDAYS = ['2025-05-29', '2025-06-09', '2025-11-11', '2026-04-03', '2026-04-06', '2025-10-13']

/**
 * @returns {{ lines: string[], labels: { id: string, campaign: string, look_alike: string }[], campaigns: object[], start: number }}
 * lines in the order of their times; labels beside them
 */
export function generate({
  seed,
  users = 300,
  days = 42,
  attacks = true,
  quietDays = Math.min(14, Math.floor(days / 3)),
}) {
  const d = dice(`second ruler ${seed}`)
  const start = Date.parse(`${STARTS[Number(hash(`start ${seed}`)) % STARTS.length]}T00:00:00Z`)
  const holidays = new Set(HOLIDAYS.map((text) => Math.round((Date.parse(`${text}T00:00:00Z`) - start) / DAY)))
  const kiosk = device(d.fork('kiosk'), 'windows', 'KIOSK')
  const w = {
    d,
    start,
    days,
    holidays,
    events: [],
    mislocated: new Map(),
    hosting: HOSTING,
    book: addressBook(d.fork('addresses')),
    kioskAgent: (day) => kiosk.agent(day),
    people: cast(d.fork('people'), users, days, CITIES, 1),
  }
  bookTrips(w, d.fork('trips'))
  ordinaryDays(w)
  lookAlikes(w)
  const campaigns = attacks ? runCampaigns(w, d.fork('campaigns'), quietDays) : []
  return { ...write(w, d.fork('lines')), campaigns, start }
}

/** One line in a hundred arrives some seconds late, one in eighty has no place: collectors do that. */
function write(w, d) {
  const end = w.start + w.days * DAY
  const events = w.events.filter((e) => e.t >= w.start && e.t < end)
  for (const e of events) {
    e.t = Math.round(e.t)
    const h = hash(`${e.t}${e.user}${e.f}`)
    e.order = e.t + (h % 100 === 0 ? (h >>> 8) % 6000 : 0)
    const wrong = w.mislocated.get(e.net?.ip)
    if (wrong && e.t >= wrong.from && e.t < wrong.until) {
      e.net = { ...e.net, where: wrong.where }
      e.tag ??= 'wrong_location'
    }
    if (e.net && h % 83 === 7) e.net = { ...e.net, where: undefined }
  }
  events.sort((x, y) => x.order - y.order || (x.user < y.user ? -1 : 1))
  const lines = []
  const labels = []
  events.forEach((e, i) => {
    const id = `${hash(`${d.name}:${i}`).toString(16).padStart(8, '0')}${i.toString(16).padStart(6, '0')}`
    lines.push(line(e, id))
    labels.push({ id, campaign: e.camp ?? '', look_alike: e.tag ?? '' })
  })
  return { lines, labels }
}

export function save(made, folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'events.ndjson'), `${made.lines.join('\n')}\n`)
  const rows = made.labels.map(({ id, campaign, look_alike }) => `${id},${campaign},${look_alike}`)
  writeFileSync(join(folder, 'labels.csv'), `event_id,campaign,look_alike\n${rows.join('\n')}\n`)
  const campaigns = made.campaigns.map((c) => ({
    ...c,
    first: new Date(c.first).toISOString(),
    last: new Date(c.last).toISOString(),
  }))
  writeFileSync(join(folder, 'campaigns.json'), `${JSON.stringify(campaigns, null, 1)}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'bench/.data/second' },
      users: { type: 'string', default: '300' },
      days: { type: 'string', default: '42' },
      'without-attacks': { type: 'boolean' },
    },
  })
  const made = generate({
    seed: values.seed,
    users: Number(values.users),
    days: Number(values.days),
    attacks: !values['without-attacks'],
  })
  save(made, values.out)
  console.log(`${made.lines.length} events, ${made.campaigns.length} campaigns in ${values.out}`)
}
