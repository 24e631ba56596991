/**
 * Journeys have to be known before the days are lived: they are part of the habits. A day of travel lies at each end, on
 * which nothing is heard, so nobody is in two places.
 */
import { CITIES, city, operatorsOf } from '../world.js'

/** The longest run of days away: a holiday, where single days are colds. */
function longestAbsence(away) {
  let best = []
  let run = []
  for (const day of [...away].sort((a, b) => a - b)) {
    run = run.at(-1) === day - 1 ? [...run, day] : [day]
    if (run.length > best.length) best = run
  }
  return best
}

function book(w, d, p, from, to, kind) {
  if (from < 0 || p.trips.some((trip) => from <= trip.to + 2 && to >= trip.from - 2)) return
  const where = city(d.pick([...CITIES.keys()]))
  const net = w.book.line(d.pick(operatorsOf(where.country)[0]), where.name)
  p.trips.push({ from, to, city: where, net, kind })
  for (const day of [from - 1, to + 1]) {
    p.travel.add(day)
    p.away.add(day)
  }
}

export function bookTrips(w, d) {
  for (const p of w.people) {
    p.trips = []
    p.travel = new Set()
    // Some long holidays are abroad, and the telephone goes along.
    const holiday = longestAbsence(p.away)
    if (holiday.length >= 4 && p.back === undefined && d.chance(0.45))
      book(w, d, p, holiday[0] + 1, holiday.at(-1) - 1, 'holiday')
    const rate = { sales: 1.3, board: 1.6, research: 0.4, engineering: 0.3, it: 0.2 }[p.department] ?? 0.06
    for (let i = d.poisson((rate * w.days) / 42); i > 0; i--) {
      const from = d.int(1, w.days - 4)
      book(w, d, p, from, from + d.int(1, 4), 'business_trip')
    }
  }
}
