import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alertPath, entityPath, inSpace, readRoute, spaceOf } from './routes.ts'

it.each([
  ['/', { view: 'now' }],
  ['/alerts', { view: 'alerts' }],
  ['/alerts/', { view: 'alerts' }],
  ['/alerts/user-x', { view: 'alert', id: 'user-x' }],
  ['/entities/user/a%2Fb', { view: 'entity', entity: { type: 'user', id: 'a/b' } }],
  ['/entities/user', { view: 'nowhere' }],
  ['/data/x', { view: 'nowhere' }],
  ['/alerts/%E0%A4%A', { view: 'nowhere' }],
  ['/elsewhere', { view: 'nowhere' }],
])('%s', (path, route) => expect(readRoute(path)).toEqual(route))

it('whatever an id holds comes back from its address', () => {
  const id = fc.string({ unit: 'grapheme', minLength: 1 })
  fc.assert(
    fc.property(id, (id) => {
      expect(readRoute(alertPath(id))).toEqual({ view: 'alert', id })
    }),
  )
  fc.assert(
    fc.property(id, id, (type, id) => {
      expect(readRoute(entityPath({ type, id }))).toEqual({ view: 'entity', entity: { type, id } })
    }),
  )
})

it('the space is kept, and the main one goes without saying', () => {
  expect(inSpace('/alerts?label=none', 's 1')).toBe('/alerts?label=none&space=s+1')
  expect(spaceOf('?label=none&space=s+1')).toBe('s 1')
  expect(inSpace('/alerts', 'main')).toBe('/alerts')
  expect(spaceOf('')).toBe('main')
})
