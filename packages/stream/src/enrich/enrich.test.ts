import { describe, expect, it } from 'vitest'
import type { Event } from '../event.ts'
import { enrich } from './enrich.ts'

const event: Event = {
  id: 'e',
  position: 0,
  time: 0,
  class: 'authentication',
  activity: 'logon',
  status: 'success',
  count: 1,
}

describe('enrich', () => {
  it('knows nothing of an event that says nothing', () => {
    expect(enrich(event, { hash: '' })).toEqual({})
  })

  it('says where it came from, and on what', () => {
    const context = enrich({ ...event, srcEndpoint: { ip: '10.1.2.3' }, userAgent: 'curl/8.4.0' }, { hash: '' })
    expect(context.place).toMatchObject({ kind: 'private', network: '10.1.2.0/24' })
    expect(context.device).toEqual({ browser: 'curl', browserMajor: '8', form: 'tool' })
  })

  it('takes the system that the source names where there is no agent', () => {
    expect(enrich({ ...event, device: { os: 'Windows 11' } }, { hash: '' }).device).toEqual({
      os: 'Windows 11',
      form: 'unknown',
    })
    expect(enrich({ ...event, device: { id: 'laptop-7' } }, { hash: '' }).device).toBeUndefined()
  })

  it('changes neither the event nor its own answers', () => {
    const frozen = Object.freeze({ ...event, srcEndpoint: Object.freeze({ ip: '8.8.8.8' }), userAgent: 'curl/8' })
    const first = enrich(frozen, { hash: '' })
    expect(enrich(frozen, { hash: '' })).toEqual(first)
    expect(Object.isFrozen(first.place)).toBe(true)
    expect(Object.isFrozen(first.device)).toBe(true)
  })
})
