/** What is known around an event before anybody remembers anything: where it came from, and on what. */
import type { Event } from '../event.ts'
import { type Device, device } from './device.ts'
import type { Lookup } from './lookup.ts'
import { type Place, place } from './place.ts'

export interface Context {
  place?: Place
  device?: Device
}

/** The device as its agent tells it; where there is no agent, the system that the source names. */
function deviceOf(event: Event): Device | undefined {
  if (event.userAgent !== undefined) return device(event.userAgent)
  const os = event.device?.os
  return os === undefined ? undefined : { os, form: 'unknown' }
}

/** Pure: the same event and the same data give the same context. Never throws. */
export function enrich(event: Event, lookup: Lookup): Context {
  const from = event.srcEndpoint === undefined ? undefined : place(event.srcEndpoint, lookup)
  const on = deviceOf(event)
  return { ...(from === undefined ? {} : { place: from }), ...(on === undefined ? {} : { device: on }) }
}
