/** Log-ins of many people, made as they are asked for: nobody holds them all. */
const START = Date.UTC(2026, 1, 2)
const DAY = 86_400_000
const MINUTE = 60_000
/** Records that a server would commit together. */
const GROUP = 500
/** Working hours, as minutes of a day: who logs in when stays the same. */
const FIRST = 6 * 60
const SPAN = 12 * 60

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
]
const APPLICATIONS = ['portal', 'mail', 'files', 'payroll', 'wiki', 'tickets', 'calendar', 'chat']

/** A number that looks drawn, the same every time (Knuth, multiplicative hashing). */
const drawn = (number, salt, below) => ((Math.imul(number + salt * 7919, 2654435761) >>> 0) / 2 ** 32) * below

/** Of four billion, so that the two of a million people are all different and a neighbourhood has few of them. */
function addressOf(user, which) {
  const number = ((which === 0 ? 0x14_00_00_00 : 0x3c_00_00_00) + (Math.imul(user, 2654435761) >>> 7)) >>> 0
  return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255].join('.')
}

const nameOf = (user) => `person.${String(user).padStart(7, '0')}`
const minuteOf = (user) => FIRST + Math.floor(drawn(user, 1, SPAN))

function lineOf(user, day, time, failed) {
  const which = (user + day) % 3 === 0 ? 1 : 0
  return JSON.stringify({
    '@timestamp': new Date(time).toISOString(),
    event: { category: ['authentication'], action: 'logon', outcome: failed ? 'failure' : 'success' },
    user: { name: nameOf(user) },
    source: { ip: addressOf(user, which), geo: { country_iso_code: which === 0 ? 'DE' : 'AT' } },
    user_agent: { original: AGENTS[Math.floor(drawn(user, 2, AGENTS.length))] },
    service: { name: APPLICATIONS[Math.floor(drawn(user, 3 + which, APPLICATIONS.length))] },
    labels: { department: `department ${user % 200}`, auth_method: 'password' },
  })
}

/** Users by the minute of the day at which they log in: the numbers of a million in one array. */
function timetable(users) {
  const starts = new Uint32Array(SPAN + 1)
  for (let user = 0; user < users; user++) starts[minuteOf(user) - FIRST + 1]++
  for (let i = 1; i <= SPAN; i++) starts[i] += starts[i - 1]
  const order = new Uint32Array(users)
  const at = starts.slice()
  for (let user = 0; user < users; user++) order[at[minuteOf(user) - FIRST]++] = user
  return { order, starts }
}

/** Records of `days` days from day `from` on, in the order of a log; at most `most` log-ins. */
function* records(users, from, days, most) {
  const { order, starts } = timetable(users)
  let left = most
  for (let day = from; day < from + days; day++) {
    for (let minute = 0; minute < SPAN; minute++) {
      const first = START + day * DAY + (FIRST + minute) * MINUTE
      yield { kind: 'tick', time: first }
      const [begin, end] = [starts[minute], starts[minute + 1]]
      for (let i = begin; i < end; i++) {
        const user = order[i]
        const time = first + Math.floor(((i - begin) / (end - begin)) * MINUTE)
        const failed = drawn(user, 11 + day, 50) < 1
        if (failed) yield { kind: 'raw', door: 1, line: lineOf(user, day, time, true), time, occurrence: 0 }
        yield { kind: 'raw', door: 1, line: lineOf(user, day, time, false), time, occurrence: 0 }
        if (--left === 0) return
      }
    }
  }
}

/** The first half of the days is warm-up. */
export const opening = (days) => [
  {
    kind: 'activate',
    what: 'configuration',
    hash: '',
    content: JSON.stringify({
      tenant: 'default',
      budget_per_day: 20,
      warmup_from: new Date(START).toISOString(),
      warmup_until: new Date(START + Math.ceil(days / 2) * DAY).toISOString(),
      seed: 1,
    }),
  },
  {
    kind: 'activate',
    what: 'door',
    hash: '',
    content: JSON.stringify({ door: 1, name: 'sign-ins', format: 'ecs-ndjson', timezone: 'UTC' }),
  },
]

/** Groups of a log, from position `first` on. */
export function* groupsOf({ users, from, days, most = Number.POSITIVE_INFINITY, before = [] }, first) {
  let at = first
  let group = [...before]
  const close = () => {
    const stored = { first: at, lines: 0, records: group, origins: group.map(() => ({ file: 0, line: 0 })) }
    at += group.length
    group = []
    return stored
  }
  for (const record of records(users, from, days, most)) {
    group.push(record)
    if (group.length === GROUP) yield close()
  }
  if (group.length > 0) yield close()
}
