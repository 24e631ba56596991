import type { Place } from '../enrich/place.ts'
import { travel as journey } from '../enrich/travel.ts'
import type { Feature } from './feature.ts'

interface TravelMemory {
  place: Place | null
  /** ms UTC of the last success at that place. */
  time: number
}

export type TravelValues = {
  /** −ln likelihood of the journey from the last place, 0 where it was possible. */
  readonly surprise: number
  readonly speed: number
  readonly distance: number
  /** How many people use the network that it ends in: a shared way out says little of where its people are. */
  readonly holders: number
}

export const travel: Feature<TravelMemory, TravelValues> = {
  id: 'travel',
  version: 1,
  about: 'user',
  summary: 'Where a person last was, and whether they can have come from there.',
  start: () => ({ place: null, time: 0 }),
  read(memory, { event, context, networkHolders }) {
    if (memory.place === null || context.place === undefined) return undefined
    const trip = journey(memory.place, context.place, event.time - memory.time)
    if (trip === undefined) return undefined
    return { surprise: trip.surprise, speed: trip.speedKmh, distance: trip.distanceKm, holders: networkHolders }
  },
  tell(memory, { event, context }) {
    const from = memory.place
    const to = context.place
    const trip = from === null || to === undefined ? undefined : journey(from, to, event.time - memory.time)
    if (from === null || to === undefined || trip === undefined)
      return { observed: 'no journey', expected: 'no journey' }
    const name = (place: Place) =>
      [place.city, place.country].filter((part) => part !== undefined).join(', ') || place.network
    return {
      observed: `${name(to)}, ${Math.round(trip.distanceKm)} km from ${name(from)} after ${hours(trip.hours)}`,
      expected: `at least ${hours(trip.neededHours)} for that way`,
    }
  },
  maturity: (memory) => (memory.place === null ? 0 : 30),
  note(memory, { event, context }) {
    if (event.status !== 'success' || context.place?.latitude === undefined || event.time < memory.time) return
    memory.place = context.place
    memory.time = event.time
  },
}

function hours(value: number): string {
  if (value < 1) return `${Math.max(1, Math.round(60 * value))} min`
  return value < 48 ? `${value.toFixed(1)} h` : `${Math.round(value / 24)} days`
}
