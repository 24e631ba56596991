/** What an attacker does, by what they know of the victim. */
import { device } from '../people.js'
import { put } from '../steps.js'
import { at, homeNet, innerAddress, officeNet, planOf } from '../whereabouts.js'
import { CITIES, city, MINUTE, operatorsOf, PRIVACY } from '../world.js'

export const SENSITIVE = ['finance', 'people', 'board', 'research', 'cad', 'it']
export const FAR = [
  'Lagos',
  'Hanoi',
  'Moscow',
  'Jakarta',
  'Sao Paulo',
  'Shenzhen',
  'Mumbai',
  'Singapore',
  'Dallas',
  'Johannesburg',
]
export const TOOLS = [
  'python-requests/2.31.0',
  'Go-http-client/1.1',
  'curl/8.5.0',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'okhttp/4.12.0',
]
export const level = (a, loud, medium, subtle) => ({ loud, medium, subtle })[a.difficulty]

export function neighbour(a, p, low, high) {
  const own = city(p.site)
  const close = [...CITIES.values()].filter((c) => {
    const km = 111 * Math.hypot(c.lat - own.lat, (c.lon - own.lon) * Math.cos((own.lat * Math.PI) / 180))
    return c.country !== own.country && km > low && km < high
  })
  return a.d.pick(close.length ? close : [...CITIES.values()])
}

/** Where the attacker sends from. */
export function lair(w, a, p) {
  const { d } = a
  if (a.difficulty === 'loud') return d.chance(0.6) ? w.book.rented(d.pick(w.hosting)) : far(w, d)
  if (a.difficulty === 'medium') {
    if (d.chance(0.35)) return w.book.rented(d.pick(PRIVACY))
    const c = neighbour(a, p, 0, 2500)
    return w.book.line(d.pick(operatorsOf(c.country)[0]), c.name)
  }
  return w.book.line(d.pick(operatorsOf(p.country)[0]), p.home.city)
}
export function far(w, d) {
  const c = city(d.pick(FAR))
  return w.book.line(d.pick(operatorsOf(c.country)[0]), c.name)
}
export function agentFor(a, p, day) {
  if (a.difficulty === 'loud') return a.d.pick(TOOLS)
  if (a.difficulty === 'medium') return device(a.d, a.d.pick(['windows', 'linux', 'mac'])).agent(day - 20)
  const form = p.laptop?.form ?? 'windows'
  return device(a.d, form).agent(day)
}

export const act = (w, a, record) => put(w, { ...record, camp: a.id })
export const used = (a, type, id) => id && a.used.set(`${type} ${id}`, { type, id })
export const attacked = (a, type, id) => a.attacked.set(`${type} ${id}`, { type, id })

export function take(a, p) {
  used(a, 'user', p.name)
  attacked(a, 'user', p.name)
}
export function sso(w, a, p, t, net, agent, app, more = {}) {
  used(a, 'address', net.ip)
  act(w, a, { f: 'sso', t, user: p.name, dept: p.department, net, agent, app, ok: true, method: 'password', ...more })
}
export function browse(w, a, p, t, net, agent, n, apps) {
  for (let i = 0; i < n; i++) {
    sso(w, a, p, t, net, agent, a.d.pick(apps), { method: i === 0 ? 'password' : 'sso' })
    t += a.d.exponential(7 * MINUTE) + 20_000
  }
  return t
}
export function steal(w, a, p, t, ip, shares, n, median, spread = 1) {
  for (let i = 0; i < n; i++) {
    const share = a.d.pick(shares)
    act(w, a, {
      f: 'file',
      t,
      user: p.name,
      dept: p.department,
      ip,
      host: 'file-01.nordvik.example',
      share,
      path: `/${share}/${a.d.pick(['2025', 'archive', 'team-a', 'common', 'secret'])}/doc-${a.d.int(0, 399)}.${a.d.pick(['xlsx', 'pdf', 'docx', 'zip'])}`,
      bytes: Math.round(a.d.lognormal(median, spread)),
      ok: !a.d.chance(level(a, 0.15, 0.08, 0.01)),
      why: 'access_denied',
    })
    t += a.d.exponential(level(a, 15_000, 60_000, 200_000))
  }
  return t
}
export function guesses(w, a, p, t, nets, agent, n, span) {
  for (let i = 0; i < n; i++)
    sso(w, a, p, t + (span * (i + a.d.u())) / n, a.d.pick(nets), agent, 'mail', { ok: false, why: 'bad_password' })
  return t + span
}
export const foreign = (p, d, n) =>
  d.sample(
    SENSITIVE.filter((s) => !p.shares.includes(s)),
    n,
  )
export const inside = (w, a, p, day) => {
  const plan = planOf(w, a.d, p, day)
  return { plan, ip: innerAddress(a.d, p, day, plan), net: plan.home ? homeNet(w, p, day) : officeNet(w, p) }
}
export const daytime = (w, a, p, day) => at(w, day, p.start + a.d.between(1, 7), city(p.site))
export const night = (w, a, p, day) => at(w, day, p.start + p.hours + a.d.between(8.5, 11), city(p.site))
export const strangeHour = (w, a, p, day) =>
  level(a, night(w, a, p, day), a.d.chance(0.5) ? night(w, a, p, day) : daytime(w, a, p, day), daytime(w, a, p, day))

export const desk = (p) => p.laptop && p.rhythm === 'office' && !p.ownVpn
