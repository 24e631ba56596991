import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress, holderOf, readAddress } from './address.ts'
import { BoundedCache } from './bounded-cache.ts'

describe('readAddress', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3', 'private', '10.1.2.0/24', '10.1.0.0/16'],
    ['172.16.0.1', '172.16.0.1', 'private', '172.16.0.0/24', '172.16.0.0/16'],
    ['192.168.255.1', '192.168.255.1', 'private', '192.168.255.0/24', '192.168.0.0/16'],
    ['100.64.0.9', '100.64.0.9', 'shared', '100.64.0.0/24', '100.64.0.0/16'],
    ['100.127.255.255', '100.127.255.255', 'shared', '100.127.255.0/24', '100.127.0.0/16'],
    ['100.128.0.0', '100.128.0.0', 'public', '100.128.0.0/24', '100.128.0.0/16'],
    ['127.0.0.1', '127.0.0.1', 'loopback', '127.0.0.0/24', '127.0.0.0/16'],
    ['169.254.1.1', '169.254.1.1', 'link_local', '169.254.1.0/24', '169.254.0.0/16'],
    ['8.8.8.8', '8.8.8.8', 'public', '8.8.8.0/24', '8.8.0.0/16'],
    ['203.0.113.7', '203.0.113.7', 'public', '203.0.113.0/24', '203.0.0.0/16'],
    ['::ffff:8.8.8.8', '8.8.8.8', 'public', '8.8.8.0/24', '8.8.0.0/16'],
    ['::FFFF:0a01:0203', '10.1.2.3', 'private', '10.1.2.0/24', '10.1.0.0/16'],
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1', 'public', '2001:db8::/48', '2001:db8::/32'],
    ['[2a00:1450:4001:81b::200e]', '2a00:1450:4001:81b::200e', 'public', '2a00:1450:4001::/48', '2a00:1450::/32'],
    ['fe80::1%eth0', 'fe80::1', 'link_local', 'fe80:0::/48', 'fe80:0::/32'],
    ['fd12:3456:789a::1', 'fd12:3456:789a::1', 'private', 'fd12:3456:789a::/48', 'fd12:3456::/32'],
    ['::1', '::1', 'loopback', '0:0::/48', '0:0::/32'],
  ])('%s is %s, %s, in %s and %s', (written, text, kind, network, wideNetwork) => {
    expect(readAddress(written)).toMatchObject({ text, kind, network, wideNetwork })
  })

  it.each(['0.0.0.0', '255.255.255.255', '224.0.0.1', '::', 'ff02::1'])(
    '%s is an address that nobody comes from',
    (text) => {
      expect(readAddress(text)).toMatchObject({ text, kind: 'invalid' })
    },
  )

  it.each([
    '',
    'localhost',
    '1',
    '127.1',
    '010.0.0.1',
    '0x7f.1',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4:22',
    '::g',
    '1.2.3.4 ',
    'x'.repeat(1_000_000),
    '__proto__',
    'constructor',
  ])('no address is read from %.20j', (text) => {
    expect(readAddress(text)).toEqual({
      text: '',
      kind: 'invalid',
      version: 0,
      network: '',
      wideNetwork: '',
      holder: '',
    })
    expect(canonicalAddress(text)).toBeUndefined()
  })

  it.each([
    ['2001:db8:1:2::7', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::7', '2001:db8:1:3::/64'],
    ['2001:db8::1', '2001:db8::/64'],
    ['fd12:3456:789a::1', 'fd12:3456:789a::/64'],
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:8.8.8.8', '8.8.8.8'],
    // Strangers share these.
    ['fe80::1', 'fe80::1'],
    ['::1', '::1'],
    ['64:ff9b::808:808', '64:ff9b::808:808'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['no address: at all', 'no address: at all'],
  ])('the memory of %s is that of %s', (text, holder) => expect(holderOf(text)).toBe(holder))

  it('never throws, and a canonical address is its own canonical address', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.[]%') })),
        (text) => {
          const canonical = canonicalAddress(text)
          if (canonical !== undefined) expect(readAddress(canonical)).toEqual(readAddress(text))
        },
      ),
    )
  })

  it('gives every spelling of one IPv6 address one text', () => {
    const spell = (parts: number[], upper: boolean, pad: boolean) => {
      const text = parts.map((part) => part.toString(16).padStart(pad ? 4 : 1, '0')).join(':')
      return upper ? text.toUpperCase() : text
    }
    const part = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
    fc.assert(
      fc.property(fc.array(part, { minLength: 8, maxLength: 8 }), fc.boolean(), fc.boolean(), (parts, upper, pad) => {
        expect(readAddress(spell(parts, upper, pad))).toEqual(readAddress(spell(parts, false, false)))
      }),
    )
  })
})

describe('BoundedCache', () => {
  it('holds at most twice its half, whatever is asked, and answers as the function does', () => {
    let computed = 0
    const cache = new BoundedCache<string>(10, (key) => {
      computed++
      return `<${key}>`
    })
    for (let i = 0; i < 1000; i++) expect(cache.get(`${i % 37}`)).toBe(`<${i % 37}>`)
    expect(cache.size).toBeLessThanOrEqual(20)
    const before = computed
    for (let i = 0; i < 100; i++) cache.get('hot')
    expect(computed).toBe(before + 1)
  })

  it('keeps a hot key while cold ones pass', () => {
    const computed: string[] = []
    const cache = new BoundedCache<string>(4, (key) => {
      computed.push(key)
      return key
    })
    for (let i = 0; i < 100; i++) {
      cache.get('hot')
      cache.get(`cold${i}`)
    }
    expect(computed.filter((key) => key === 'hot')).toHaveLength(1)
  })
})
