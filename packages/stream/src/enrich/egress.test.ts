import { describe, expect, it } from 'vitest'
import { networkKind } from './egress.ts'

describe('networkKind', () => {
  it.each([
    [21928, undefined, 'mobile'],
    [undefined, 'T-Mobile Polska S.A.', 'mobile'],
    [undefined, 'CELLCO-PART', 'mobile'],
    [16509, undefined, 'hosting'],
    [undefined, 'GOOGLE-CLOUD-PLATFORM', 'hosting'],
    [undefined, 'Example Data Centers Ltd', 'hosting'],
    [9009, undefined, 'vpn'],
    [undefined, 'NordVPN S.A.', 'vpn'],
    [22616, undefined, 'proxy'],
    [undefined, 'ZSCALER-INC', 'proxy'],
    [undefined, 'iCloud Private Relay', 'proxy'],
    [13335, 'CLOUDFLARENET', 'proxy'],
    [undefined, 'CLOUDFLARENET', 'proxy'],
    [14593, undefined, 'satellite'],
    [undefined, 'SPACEX-STARLINK', 'satellite'],
    [680, undefined, 'education'],
    [undefined, 'University of Example', 'education'],
    [undefined, 'Universität Beispiel', 'education'],
    [3320, 'Deutsche Telekom AG', 'unknown'],
    [7922, 'COMCAST-7922', 'unknown'],
    [undefined, 'Immobiliare Cloudberry', 'unknown'],
    [undefined, undefined, 'unknown'],
    [Number.NaN, '', 'unknown'],
  ])('AS %s "%s" is %s', (asn, name, kind) => {
    expect(networkKind(asn, name)).toBe(kind)
  })

  it('believes the number more than the name', () => {
    expect(networkKind(21928, 'Example Hosting')).toBe('mobile')
  })

  it('reads a bounded part of a name', () => {
    expect(networkKind(undefined, `${'x'.repeat(128)} hosting`)).toBe('unknown')
  })
})
