import { describe, expect, it } from 'vitest'
import type { Lookup } from './lookup.ts'
import { place } from './place.ts'

const berlin = { country: 'DE', city: 'Berlin', latitude: 52.52, longitude: 13.4, accuracyKm: 20 }
const lookup: Lookup = {
  hash: 'test',
  location: (ip) => (ip === '8.8.8.8' ? berlin : undefined),
  autonomousSystem: (ip) => (ip === '8.8.8.8' ? { number: 21928, name: 'T-MOBILE-AS21928' } : undefined),
}
const nothing: Lookup = { hash: 'none' }

describe('place', () => {
  it('is what the data says of a public address', () => {
    expect(place({ ip: '8.8.8.8' }, lookup)).toEqual({
      ...berlin,
      asn: 21928,
      asName: 'T-MOBILE-AS21928',
      network: 'AS21928',
      address: '8.8.8.8',
      kind: 'public',
      networkKind: 'mobile',
    })
  })

  it('is the prefix where no data says more', () => {
    const known = { kind: 'public', networkKind: 'unknown' }
    expect(place({ ip: '8.8.8.8' }, nothing)).toEqual({ ...known, network: '8.8.8.0/24', address: '8.8.8.8' })
    expect(place({ ip: '2a00:1450:4001::5' }, lookup)).toEqual({
      ...known,
      network: '2a00:1450:4001::/48',
      address: '2a00:1450:4001::5',
    })
  })

  it.each([
    ['10.0.0.1', 'private'],
    ['100.64.3.1', 'shared'],
    ['127.0.0.1', 'loopback'],
    ['fe80::1', 'link_local'],
  ])('%s is %s: inside, never looked up, without a country', (ip, kind) => {
    const asked: string[] = []
    const curious: Lookup = {
      hash: 'c',
      location: (address) => {
        asked.push(address)
        return berlin
      },
    }
    const found = place({ ip }, curious)
    expect(found?.kind).toBe(kind)
    expect(found?.country).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('believes the event more than the data', () => {
    const paris = { country: 'FR', city: 'Paris', latitude: 48.85, longitude: 2.35 }
    const found = place({ ip: '8.8.8.8', location: paris, autonomousSystem: { number: 1 } }, lookup)
    expect(found).toMatchObject({ ...paris, network: 'AS1', asn: 1 })
    expect(found?.accuracyKm).toBeUndefined()
    expect(found?.asName).toBeUndefined()
  })

  it('never mixes two countries, and takes the point from the data only where both name the same country', () => {
    expect(place({ ip: '8.8.8.8', location: { country: 'DE' } }, lookup)).toMatchObject(berlin)
    const abroad = place({ ip: '8.8.8.8', location: { country: 'FR' } }, lookup)
    expect(abroad).toMatchObject({ country: 'FR', network: 'AS21928' })
    expect(abroad?.latitude).toBeUndefined()
    expect(abroad?.city).toBeUndefined()
  })

  it('keeps a location that the event gives to a private address', () => {
    expect(place({ ip: '10.0.0.1', location: { country: 'JP' } }, lookup)).toMatchObject({
      country: 'JP',
      kind: 'private',
    })
  })

  it('has both coordinates or neither', () => {
    const found = place({ ip: '8.8.4.4', location: { country: 'DE', latitude: 5 } }, nothing)
    expect(found?.latitude).toBeUndefined()
  })

  it('is known by a name, else by a country, where there is no address', () => {
    expect(place({ hostname: 'gate.example.net' }, lookup)).toEqual({
      network: 'name:gate.example.net',
      kind: 'unknown',
      networkKind: 'unknown',
    })
    expect(place({ location: { country: 'DE' } }, lookup)).toMatchObject({ network: 'country:DE', country: 'DE' })
    expect(place({ ip: 'not an address', hostname: 'h' }, lookup)?.network).toBe('name:h')
    expect(place({ hostname: 'x'.repeat(1000) }, lookup)?.network).toHaveLength(5 + 64)
  })

  it('is nothing where nothing is known', () => {
    expect(place({}, lookup)).toBeUndefined()
    expect(place({ ip: '0.0.0.0' }, lookup)).toBeUndefined()
    expect(place({ ip: 'constructor' }, lookup)).toBeUndefined()
  })

  it('gives one address one place, however it is spelled, and other data another', () => {
    expect(place({ ip: '::ffff:8.8.8.8' }, lookup)).toBe(place({ ip: '8.8.8.8' }, lookup))
    expect(place({ ip: '8.8.8.8' }, nothing)).not.toEqual(place({ ip: '8.8.8.8' }, lookup))
  })
})
