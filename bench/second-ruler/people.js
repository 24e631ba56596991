/** The cast: who works here, where they live, what they hold in their hands, what they are used to. */
import { hash } from './random.js'
import { operatorsOf } from './world.js'

/** id: [people, office or shop floor, city weights, start hour, hours, share of days at home, applications, shares, ssh hosts] */
const DEPARTMENTS = {
  production: [
    84,
    'shifts',
    [
      ['Katowice', 7],
      ['Eindhoven', 3],
    ],
    6,
    8,
    0,
    ['mes', 'timeclock'],
    ['plant'],
    [],
  ],
  engineering: [
    58,
    'office',
    [
      ['Eindhoven', 6],
      ['Katowice', 3],
      ['Toronto', 1],
    ],
    9,
    8.5,
    0.4,
    ['git', 'tracker', 'wiki', 'ci'],
    ['engineering', 'cad'],
    ['build', 'dev', 'lab'],
  ],
  sales: [
    42,
    'office',
    [
      ['Utrecht', 4],
      ['Toronto', 3],
      ['Madrid', 2],
      ['Warsaw', 1],
    ],
    8.5,
    9,
    0.5,
    ['crm', 'quotes', 'travel'],
    ['sales', 'marketing'],
    [],
  ],
  support: [
    30,
    'rota',
    [
      ['Toronto', 5],
      ['Katowice', 5],
    ],
    8,
    8,
    0.3,
    ['tickets', 'crm', 'wiki', 'telephony'],
    ['support'],
    ['jump'],
  ],
  research: [
    26,
    'office',
    [
      ['Eindhoven', 8],
      ['Lisbon', 2],
    ],
    10,
    9,
    0.3,
    ['git', 'notebooks', 'wiki'],
    ['research', 'cad'],
    ['gpu', 'lab'],
  ],
  finance: [
    20,
    'office',
    [
      ['Utrecht', 9],
      ['Toronto', 1],
    ],
    8,
    8,
    0.3,
    ['ledger', 'payroll', 'banking'],
    ['finance'],
    [],
  ],
  it: [
    18,
    'office',
    [
      ['Utrecht', 6],
      ['Katowice', 4],
    ],
    8,
    9,
    0.45,
    ['admin-console', 'tickets', 'wiki', 'monitoring'],
    ['it'],
    ['web', 'db', 'mail', 'jump', 'build', 'file'],
  ],
  people: [12, 'office', [['Utrecht', 1]], 9, 8, 0.35, ['hr-portal', 'payroll', 'recruiting'], ['people'], []],
  board: [
    10,
    'office',
    [
      ['Utrecht', 3],
      ['Toronto', 1],
    ],
    8,
    10,
    0.2,
    ['board-portal', 'crm', 'ledger', 'travel'],
    ['board', 'finance'],
    [],
  ],
}
const EVERYBODY = ['mail', 'chat', 'calendar', 'drive', 'expenses', 'learning', 'intranet']
const HOSTS = { build: 9, dev: 14, lab: 8, gpu: 6, web: 7, db: 6, mail: 2, jump: 2, file: 3 }

export const hostsOf = (group) =>
  Array.from({ length: HOSTS[group] }, (_, i) => `${group}-${String(i + 1).padStart(2, '0')}.nordvik.example`)
export const allHosts = () => Object.keys(HOSTS).flatMap(hostsOf)
export const SHARES = [
  'plant',
  'engineering',
  'cad',
  'sales',
  'marketing',
  'support',
  'research',
  'finance',
  'it',
  'people',
  'board',
]

const FIRST =
  'anna bart celine dawid eline filip greta hanna igor jan karin lukasz marta niels olga piotr quinten rosa stefan tomasz ursula victor wout xenia yusuf zofia aisha bram clara diego emma fatima george harun ines jonas kofi lena mateo nora omar priya ravi sara tariq'.split(
    ' ',
  )
const LAST =
  'akker bakker bielak costa dekker dijk duda evers fraser gorski haan hendriks iwanski jansen kaminski koster kowal lewis lopez maas macdonald mazur mulder nowak okafor olsen pawlak peters pinto roy sikora silva singh smit tremblay visser vos walczak wilson wojcik zajac zhang'.split(
    ' ',
  )

const CHROME = 139
/** A device: its agent of a day follows the releases with a lag of its own. */
export function device(d, form, id) {
  const phase = d.int(0, 27)
  const lag = d.int(0, 12)
  const flavour = d.u()
  const model = d.pick(['SM-S921B', 'Pixel 8', 'SM-A546B', 'moto g84', 'CPH2449'])
  return {
    id,
    form,
    agent: (day) => agentOf(form, flavour, CHROME + Math.floor((day + phase + 40 - lag) / 28), model, day, lag),
  }
}

function agentOf(form, flavour, chrome, model, day, lag) {
  const kit = (system, tail = '') =>
    `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome}.0.0.0${tail} Safari/537.36`
  const ios = day > 18 + lag ? '18_6' : '18_5'
  if (form === 'windows') {
    if (flavour < 0.55) return `${kit('Windows NT 10.0; Win64; x64')} Edg/${chrome}.0.0.0`
    if (flavour < 0.88) return kit('Windows NT 10.0; Win64; x64')
    return `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:${chrome + 2}.0) Gecko/20100101 Firefox/${chrome + 2}.0`
  }
  if (form === 'mac') {
    if (flavour < 0.6) return kit('Macintosh; Intel Mac OS X 10_15_7')
    return 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15'
  }
  if (form === 'linux') {
    return flavour < 0.5
      ? kit('X11; Linux x86_64')
      : `Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:${chrome + 2}.0) Gecko/20100101 Firefox/${chrome + 2}.0`
  }
  if (form === 'iphone')
    return `Mozilla/5.0 (iPhone; CPU iPhone OS ${ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1`
  if (form === 'ipad')
    return `Mozilla/5.0 (iPad; CPU OS ${ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1`
  return kit(`Linux; Android ${flavour < 0.5 ? 15 : 14}; ${model}`, ' Mobile')
}

/** The background application of a telephone has an agent of its own. */
export const mailAgent = (form) => (form === 'android' ? 'Outlook-Android/2.0' : 'Outlook-iOS/2.0')
export const OFFICE_AGENT = 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.18925; Pro)'

function home(d, cityName, country) {
  const lease = d.weighted([
    ['fixed', 5],
    ['month', 2],
    ['week', 2],
    ['day', 1.5],
    ['six', 1.5],
  ])
  const near = {
    Utrecht: ['Utrecht', 'Amsterdam', 'Arnhem'],
    Eindhoven: ['Eindhoven', 'Rotterdam'],
    Katowice: ['Katowice', 'Krakow'],
    Toronto: ['Toronto', 'Hamilton'],
  }[cityName] ?? [cityName]
  return { city: d.pick(near), operator: d.pick(operatorsOf(country)[0]), lease, key: d.int(0, 1e9) }
}

function nameOf(d, taken, index) {
  for (let i = 0; ; i++) {
    const [first, last] = [d.pick(FIRST), d.pick(LAST)]
    const name = index % 3 === 0 ? `${first}.${last}` : `${first[0]}${last}${i > 3 ? i : ''}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

function person(d, department, index, taken, scale, cities) {
  const [, rhythm, offices, start, hours, remote, apps, shares, groups] = DEPARTMENTS[department]
  const site = d.weighted(offices)
  const country = cities.get(site).country
  const form =
    department === 'production'
      ? null
      : d.weighted([
          ['windows', 7],
          ['mac', rhythm === 'office' ? 2 : 0.3],
          ['linux', groups.includes('dev') ? 2 : 0],
        ])
  const name = nameOf(d, taken, index)
  const serial = (hash(name) >>> 12).toString(36).toUpperCase()
  const hosts = groups.flatMap((g) => d.sample(hostsOf(g), d.int(1, Math.min(4, HOSTS[g]))))
  return {
    name,
    department,
    rhythm,
    site,
    country,
    hours: hours * d.between(0.85, 1.1),
    remote: remote * d.between(0, 2),
    start: start + d.normal(0, rhythm === 'office' ? 0.8 : 0.15),
    loose: Math.abs(d.normal(0.15, 0.3)) + 0.08,
    work: Math.min(4.5, d.lognormal(0.85, 0.65)),
    weekend: d.chance(0.18) ? d.between(0.15, 0.6) : d.between(0, 0.03),
    evening: d.chance(0.25) ? d.between(0.2, 0.6) : 0.03,
    home: home(d, site, country),
    laptop: form ? device(d, form, `NV-${serial}`) : null,
    phone: d.chance(department === 'production' ? 0.25 : 0.78)
      ? device(d, d.chance(0.55) ? 'iphone' : 'android', `PH-${serial}`)
      : null,
    tablet: d.chance(0.1) ? device(d, 'ipad', `TB-${serial}`) : null,
    carrier: d.int(0, 9),
    gated: ['sales', 'support', 'board'].includes(department) ? d.chance(0.7) : d.chance(0.12),
    relay: d.chance(0.06),
    ownVpn: d.chance(0.035),
    apps: [...d.shuffle([...apps, ...d.sample(EVERYBODY, d.int(3, 6))])],
    shares: [...shares, ...(d.chance(0.12) ? [d.pick(SHARES)] : [])],
    hosts: d.shuffle(hosts),
    sudo: department === 'it' ? 1 : ['engineering', 'research'].includes(department) && d.chance(0.3) ? 0.35 : 0,
    clumsy: Math.min(0.3, 0.015 + d.exponential(0.05)),
    key: `SHA256:${hash(name).toString(36)}${hash(`${name}!`).toString(36)}${hash(`${name}?`).toString(36)}`,
    first: 0,
    last: 999,
    away: new Set(),
    scale,
  }
}

/** Everybody, and who is on which absence. `scale` multiplies how much everybody does. */
export function cast(d, users, days, cities, scale = 1) {
  const taken = new Set(['constructor'])
  const people = []
  const total = Object.values(DEPARTMENTS).reduce((sum, [n]) => sum + n, 0)
  let owed = 0
  for (const [department, [count]] of Object.entries(DEPARTMENTS)) {
    owed += (count * users) / total
    while (people.length < Math.round(owed))
      people.push(person(d.fork(`p${people.length}`), department, people.length, taken, scale, cities))
  }
  absences(d.fork('absences'), people, days)
  return people
}

function absences(d, people, days) {
  const order = d.shuffle(people)
  const share = (part) => order.splice(0, Math.max(2, Math.round(people.length * part)))
  // Accounts that fell silent and never come back by themselves: leavers whose accounts nobody closed.
  for (const p of share(0.045)) Object.assign(p, { last: d.int(3, 9), gone: true })
  // Long absences that end inside the log.
  for (const p of share(0.06)) {
    const from = d.int(2, 8)
    const until = Math.min(days - 3, from + d.int(13, 30))
    for (let day = from; day < until; day++) p.away.add(day)
    p.back = until
  }
  for (const p of share(0.04)) p.first = d.int(4, days - 6)
  for (const p of share(0.25)) {
    const from = d.int(0, days)
    for (let day = from; day < from + d.int(4, 9); day++) p.away.add(day)
  }
  for (const p of people) for (let day = 0; day < days; day++) if (d.chance(0.018)) p.away.add(day)
}
