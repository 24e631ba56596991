/** Whom and when an episode happens to. */
import { isFree, present, tripOf } from '../whereabouts.js'

/** Somebody with a desk who is at work, and not on a journey, on that day. */
export function desk(w, day, d, filter = () => true) {
  const there = w.people.filter((p) => p.laptop && present(p, day) && !tripOf(p, day))
  return d.pick(there.filter(filter)) ?? d.pick(there)
}

/** Somebody on a journey, and a day of it. */
export function traveller(w, d, filter) {
  const trips = w.people.filter((p) => p.laptop && filter(p)).flatMap((p) => p.trips.map((trip) => ({ p, trip })))
  const { p, trip } = d.pick(trips) ?? {}
  return p && { p, trip, day: d.int(trip.from, trip.to) }
}

export const workday = (w, d, from = 2) => {
  for (;;) {
    const day = d.int(from, w.days - 2)
    if (!isFree(w, day)) return day
  }
}
