/** Where somebody is on a day, and from which address the things in their hands send. */
import { hash } from './random.js'
import { ahead, city, DAY, GATE, HOUR, operatorsOf, PRIVACY, RELAY } from './world.js'

const GATES = {
  NL: [
    ['Amsterdam', 15],
    ['Frankfurt', 4],
    ['London', 1],
  ],
  PL: [
    ['Warsaw', 7],
    ['Frankfurt', 3],
  ],
  CA: [
    ['Toronto', 8],
    ['New York', 2],
  ],
  ES: [
    ['Madrid', 8],
    ['Paris', 2],
  ],
  PT: [['Madrid', 1]],
}
export const OFFICE_LINE = {
  NL: [1136, 'KPN B.V.'],
  PL: [5617, 'Orange Polska Spolka Akcyjna'],
  CA: [577, 'Bell Canada'],
  ES: [3352, 'Telefonica de Espana, S.A.U.'],
  PT: [3243, 'Servicos De Comunicacoes E Multimedia S.A.'],
}
export const SITES = ['Utrecht', 'Eindhoven', 'Katowice', 'Toronto', 'Madrid', 'Warsaw', 'Lisbon']

/** UTC of an hour by the clocks of a place on a day of the log. */
export function at(w, day, hour, place) {
  const t = w.start + day * DAY + hour * HOUR
  return t - ahead(place, t)
}

export const weekday = (w, day) => new Date(w.start + day * DAY).getUTCDay()
export const isFree = (w, day) => weekday(w, day) % 6 === 0 || w.holidays.has(day)
export const present = (p, day) => day >= p.first && day <= p.last && !p.away.has(day)

export function officeNet(w, p, guest = false) {
  return w.book.exit(OFFICE_LINE[p.country] ?? OFFICE_LINE.NL, p.site, guest ? 130 : 1 + (hash(p.name) % 2))
}

export function homeNet(w, p, day) {
  const { lease, key, operator, city: where } = p.home
  if (lease === 'six') return w.book.line6(operator, where, key)
  const span = { fixed: 1e6, month: 30, week: 7, day: 1 }[lease]
  const h = hash(`${key}:${Math.floor((day + (key % span)) / span)}`)
  return w.book.line(operator, where, h & 63, 2 + ((h >>> 8) % 250))
}

const gateNet = (w, d, p) => w.book.exit(GATE, d.weighted(GATES[p.country] ?? GATES.NL), d.int(1, 90))
export const tripOf = (p, day) => p.trips?.find((trip) => day >= trip.from && day <= trip.to)

/** Where the laptop of a day sends from, and whether through the organisation's own VPN. */
export function laptopNet(w, d, p, day, plan) {
  if (p.gated && d.chance(0.85)) return gateNet(w, d, p)
  if (plan.trip) return plan.trip.net
  return plan.home ? homeNet(w, p, day) : officeNet(w, p)
}

export function phoneNet(w, d, p, day, t, plan) {
  if (p.ownVpn && d.chance(0.5)) return w.book.rented(PRIVACY[hash(p.name) % PRIVACY.length])
  if (p.relay && d.chance(0.8)) return w.book.exit(RELAY, d.weighted(GATES[p.country] ?? GATES.NL), d.int(1, 200))
  const carrier = operatorsOf(p.country)[1]
  const own = carrier[p.carrier % carrier.length]
  if (plan.trip)
    return d.chance(0.45)
      ? w.book.mobile(plan.trip.city.country)
      : d.chance(0.4)
        ? plan.trip.net
        : w.book.mobile(p.country, own)
  const working = t >= plan.begin && t <= plan.end
  if (working && !plan.home) return d.chance(0.5) ? officeNet(w, p, true) : w.book.mobile(p.country, own)
  return d.chance(0.65) ? homeNet(w, p, day) : w.book.mobile(p.country, own)
}

/** The private address of a laptop: the office lends it for a week, the VPN for a session. */
export function innerAddress(d, p, day, plan) {
  const site = SITES.indexOf(p.site)
  if (plan.home || plan.trip) return `10.250.${d.int(0, 3)}.${d.int(2, 254)}`
  const h = hash(`${p.name}:${Math.floor(day / 7)}`)
  return `10.${20 + site}.${h % 6}.${2 + ((h >>> 8) % 250)}`
}

export function planOf(w, d, p, day) {
  const place = city(p.site)
  const trip = tripOf(p, day)
  let start = p.start
  if (p.rhythm === 'shifts')
    start =
      [6, 14, 22, 7][
        ((hash(p.name) % 4) + (hash(p.name) % 4 < 3 ? Math.floor(day / 7) : 0)) % (hash(p.name) % 4 < 3 ? 3 : 4)
      ] + d.normal(-0.15, 0.08)
  else if (p.rhythm === 'rota') start = [7.5, 11, 15][(hash(p.name) + Math.floor(day / 7)) % 3] + d.normal(0, 0.15)
  else start += d.normal(0, p.loose)
  const where = trip ? trip.city : place
  const begin = at(w, day, start, where)
  return {
    begin,
    end: begin + p.hours * HOUR * d.between(0.85, 1.15),
    home: !trip && d.chance(p.remote),
    trip,
    place: where,
  }
}
