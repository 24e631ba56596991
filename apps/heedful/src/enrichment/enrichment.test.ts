import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readNetworks, splitFields } from './csv.ts'
import { findGeoFiles, openLookup } from './geo-data.ts'
import { openKept, prepareEnrichment } from './kept-data.ts'
import { openMmdb, readAutonomousSystem, readLocation } from './mmdb.ts'
import { readBits, readRange } from './networks.ts'
import { BERLIN, packMmdb } from './pack-mmdb.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'heedful-geo-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, bytes: Buffer | string) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

describe('places', () => {
  it('are read from an .mmdb file', async () => {
    const lookup = await openLookup({ city: [file('city.mmdb', packMmdb(81, BERLIN))], asn: [] }, 'h')
    expect(lookup.location?.('81.2.3.4')).toEqual({
      country: 'DE',
      city: 'Berlin',
      latitude: 52.52,
      longitude: 13.405,
      accuracyKm: 20,
    })
    expect(lookup.location?.('82.2.3.4')).toBeUndefined()
    expect(lookup.location?.('2001:db8::1')).toBeUndefined()
    expect(lookup.autonomousSystem).toBeUndefined()
  })

  it('are read from the flat layout, too', () => {
    const flat = { city: 'Utrecht', country_code: 'nl', latitude: '52.1', longitude: '5.1', state1: 'Utrecht' }
    expect(readLocation(flat)).toEqual({
      country: 'NL',
      region: 'Utrecht',
      city: 'Utrecht',
      latitude: 52.1,
      longitude: 5.1,
    })
    expect(readLocation({})).toBeUndefined()
    expect(readAutonomousSystem({ asn: 'AS64500', as_name: 'Example' })).toEqual({ number: 64500, name: 'Example' })
  })

  it.each([
    ['a foreign file', Buffer.from('this is no database')],
    ['a file cut short', packMmdb(81, BERLIN).subarray(0, 60)],
    ['an empty file', Buffer.alloc(0)],
  ])('of %s are refused', (_, bytes) => {
    expect(() => openMmdb(file('bad.mmdb', bytes))).toThrow(expect.objectContaining({ code: 'geo-unreadable' }))
  })
})

describe('networks', () => {
  it('are read by range and by prefix, IPv4 and IPv6, with quoted names and AS before the number', async () => {
    const text =
      'start,end,asn,name\n1.0.0.0,1.0.0.255,13335,"Cloud, ""Flare"""\n10.0.0.0/8,AS64512,Inside\n2001:db8::/32,64496,Docs\n2001:db9::,2001:db9::ffff,64497,\n'
    for (const path of [file('asn.csv', text), file('asn.csv.gz', gzipSync(text))]) {
      const table = await readNetworks(path)
      expect(table.find('1.0.0.7')).toEqual({ number: 13335, name: 'Cloud, "Flare"' })
      expect(table.find('1.0.1.0')).toBeUndefined()
      expect(table.find('10.255.255.255')).toEqual({ number: 64512, name: 'Inside' })
      expect(table.find('2001:db8:ffff::1')).toEqual({ number: 64496, name: 'Docs' })
      expect(table.find('2001:db9::ffff')).toEqual({ number: 64497 })
      expect(table.find('2001:db9::1:0')).toBeUndefined()
      expect(table.find('no address')).toBeUndefined()
    }
  })

  it('of anything else are refused, naming the line', async () => {
    await expect(readNetworks(file('bad.csv', 'a,b\nc,d\n'))).rejects.toMatchObject({
      code: 'geo-unreadable',
      message: expect.stringContaining('line 1'),
    })
  })

  it('split fields as RFC 4180 does', () => {
    expect(splitFields('a,,"b,c","d""e",')).toEqual(['a', '', 'b,c', 'd"e', ''])
  })

  it.each(['1.2.3', '256.1.1.1', '1.2.3.4.5', ':::', '1::2::3', 'g::', '', '1:2:3:4:5:6:7:8:9', '::ffff:1.2.3'])(
    'know that %s is no address',
    (text) => {
      expect(readBits(text)).toBeUndefined()
    },
  )

  it('read IPv6 in all its spellings', () => {
    expect(readBits('::')).toMatchObject({ high: 0n, low: 0n })
    expect(readBits('::ffff:1.2.3.4')).toMatchObject({ high: 0n, low: 0xffff01020304n })
    expect(readBits('2001:DB8::1')).toMatchObject({ high: 0x20010db800000000n, low: 1n })
    expect(readRange('10.1.2.3/8')?.map(({ low }) => low)).toEqual([0x0a000000n, 0x0affffffn])
    expect(readRange('10.0.0.0/33')).toBeUndefined()
  })
})

describe('data that a log was judged with', () => {
  it('is kept beside it and found again under its hash', async () => {
    const city = file('named.mmdb', packMmdb(81, BERLIN))
    const prepared = await prepareEnrichment({ city: [city], asn: [] }, join(folder, 'data'))
    rmSync(city)
    const record = prepared?.record
    if (record === undefined) throw new Error('nothing was prepared')
    const kept = await openKept(join(folder, 'data'), [record])
    expect(kept.get(record.hash)?.location?.('81.0.0.1')).toMatchObject({ country: 'DE' })
  })

  it('is none where nothing is named', async () => {
    expect(await prepareEnrichment({ city: [], asn: [] })).toBeUndefined()
    expect(findGeoFiles({ city: 'a.mmdb', asn: 'b.csv' })).toEqual({ city: ['a.mmdb'], asn: ['b.csv'] })
  })
})
