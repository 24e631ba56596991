/** Journeys have to be known before the days are lived: they are part of the habits. */
import { CITIES, city, operatorsOf } from '../world.js'

export function bookTrips(w, d) {
  const abroad = [...CITIES.keys()]
  for (const p of w.people) {
    const rate = { sales: 1.3, board: 1.6, research: 0.4, engineering: 0.3, it: 0.2 }[p.department] ?? 0.06
    p.trips = []
    for (let i = d.poisson((rate * w.days) / 42); i > 0; i--) {
      const from = d.int(1, w.days - 4)
      const to = city(d.pick(abroad))
      p.trips.push({
        from,
        to: from + d.int(1, 4),
        city: to,
        net: w.book.line(d.pick(operatorsOf(to.country)[0]), to.name),
        kind: 'business_trip',
      })
    }
    // Some long holidays are abroad, and the telephone goes along.
    const days = [...p.away]
    if (days.length >= 4 && p.back === undefined && d.chance(0.45)) {
      const to = city(d.pick(abroad))
      p.trips.push({
        from: Math.min(...days),
        to: Math.max(...days),
        city: to,
        net: w.book.line(d.pick(operatorsOf(to.country)[0]), to.name),
        kind: 'holiday',
      })
    }
  }
}
