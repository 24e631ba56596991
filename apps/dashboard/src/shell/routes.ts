/** Addresses of the views. Ids of entities hold whatever a log holds, so they are always encoded. */
import type { Entity } from '../contract/contract.ts'

export type Route =
  | { view: 'now' | 'alerts' | 'entities' | 'data' | 'nowhere' }
  | { view: 'alert'; id: string }
  | { view: 'entity'; entity: Entity }

/** @param path as the browser has it, still encoded */
export function readRoute(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '')
  const [first, second, third] = parts.map(decode)
  if (first === undefined) return { view: 'now' }
  if (parts.length === 1 && (first === 'alerts' || first === 'entities' || first === 'data')) return { view: first }
  if (parts.length === 2 && first === 'alerts' && second !== undefined) return { view: 'alert', id: second }
  if (parts.length === 3 && first === 'entities' && second !== undefined && third !== undefined) {
    return { view: 'entity', entity: { type: second, id: third } }
  }
  return { view: 'nowhere' }
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

export const alertPath = (id: string): string => `/alerts/${encodeURIComponent(id)}`

export const entityPath = ({ type, id }: Entity): string =>
  `/entities/${encodeURIComponent(type)}/${encodeURIComponent(id)}`

/** The list of an entity's alerts. */
export const alertsOfPath = ({ type, id }: Entity): string =>
  `/alerts?${new URLSearchParams({ entity_type: type, entity: id })}`

/** The space that an address speaks of. */
export const MAIN = 'main'
export const spaceOf = (search: string): string => new URLSearchParams(search).get('space') || MAIN

/** The address in that space; the main one goes without saying. */
export function inSpace(href: string, space: string): string {
  if (space === MAIN) return href
  const [path = '', search = ''] = href.split('?')
  const query = new URLSearchParams(search)
  query.set('space', space)
  return `${path}?${query}`
}
