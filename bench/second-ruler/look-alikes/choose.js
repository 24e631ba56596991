/** Whom and when an episode happens to. */
import { isFree, present } from '../whereabouts.js'

export function desk(w, day, d, filter = () => true) {
  const there = w.people.filter((p) => p.laptop && present(p, day))
  return d.pick(there.filter(filter)) ?? d.pick(there)
}
export const workday = (w, d, from = 2) => {
  for (;;) {
    const day = d.int(from, w.days - 2)
    if (!isFree(w, day)) return day
  }
}
