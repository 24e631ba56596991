/** Where somebody was in a list, so that coming back from an alert, or going on to the next, does not lose it. */

export interface PlaceInList {
  /** Which list: its space and filters. */
  list: string
  /** The address of the list. */
  href: string
  /** How far it is scrolled. Pixels. */
  offset: number
  ids: readonly string[]
  /** The alert that is or was read. */
  cursor?: string
}

let place: PlaceInList | undefined

export function keepPlace(next: PlaceInList): void {
  place = next
}

export const readPlace = (): PlaceInList | undefined => place

/** The alert before (−1) or after (1) one in the list that it was opened from. */
export function neighbour(id: string, step: -1 | 1): string | undefined {
  const at = place?.ids.indexOf(id) ?? -1
  return at < 0 ? undefined : place?.ids[at + step]
}
