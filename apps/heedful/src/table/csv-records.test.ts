import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { CsvRecords } from './csv-records.ts'
import { isMissing, parseNumber } from './number-bytes.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** All records of a text that arrives in pieces of `size` bytes. */
function recordsOf(text: string, size = 1 << 20, separator = ','): { line: number; fields: string[] }[] {
  const records = new CsvRecords('a.csv', separator.charCodeAt(0))
  const found: { line: number; fields: string[] }[] = []
  const take = () => {
    const { fields } = records
    found.push({ line: fields.line, fields: Array.from({ length: fields.count }, (_, i) => fields.text(i)) })
  }
  const bytes = bytesOf(text)
  for (let at = 0; at < bytes.length; at += size) records.push(bytes.slice(at, at + size), take)
  records.end(take)
  return found
}

const plain = (text: string) => recordsOf(text).map(({ fields }) => fields)

test('fields, quotes, line ends, empty lines', () => {
  expect(plain('a,b\n1,2\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(plain('a,b\r\n1,2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(plain('"a","b,c"\n"x ""y""",\n\n\r\n,"z\nw"\r\n')).toEqual([
    ['a', 'b,c'],
    ['x "y"', ''],
    ['', 'z\nw'],
  ])
  expect(plain('a,b,')).toEqual([['a', 'b', '']])
  expect(plain(' a , b ')).toEqual([['a', 'b']])
  expect(plain('')).toEqual([])
})

test('lines are counted as an editor counts them', () => {
  const lines = recordsOf('a\n\n"b\nc"\nd').map(({ line }) => line)
  expect(lines).toEqual([1, 3, 5])
})

test('what is broken is refused with its line', () => {
  expect(() => recordsOf('a,b\n"x"y,2\n')).toThrow('a.csv: line 2: text follows a closing quote')
  expect(() => recordsOf('a,b\n1,2\n"x,2\n3,4\n')).toThrow('line 3: a quote is opened and never closed')
})

it('reads what RFC 4180 writes, whatever the pieces', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', ';', ' ', 'é', '😀'), maxLength: 6 })
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  const write = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 40 }), fc.boolean(), (rows, size, ended) => {
      const text = rows.map((row) => row.map(write).join(',')).join('\r\n') + (ended ? '\r\n' : '')
      expect(recordsOf(text, size).map(({ fields }) => fields)).toEqual(rows)
    }),
    { numRuns: 300 },
  )
})

it('the cut into pieces changes nothing, also of what is broken', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r'), maxLength: 40 })
  const outcome = (text: string, size: number) => {
    try {
      return recordsOf(text, size)
    } catch (error) {
      return (error as Error).message
    }
  }
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (text, size) => {
      expect(outcome(text, size)).toEqual(outcome(text, 1 << 20))
    }),
    { numRuns: 1000 },
  )
})

const parse = (text: string) => {
  const bytes = bytesOf(`9${text}9`)
  return parseNumber(bytes, 1, bytes.length - 1)
}

it('numbers are those that JavaScript reads, to the bit', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 20 })
  const decimal = fc
    .tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits), fc.option(fc.integer({ min: -320, max: 320 })))
    .map(([sign, a, b, e]) => `${sign}${a}${b === null ? '' : `.${b}`}${e === null ? '' : `e${e}`}`)
  fc.assert(
    fc.property(fc.oneof(decimal, fc.double({ noNaN: true }).map(String)), (text) => {
      expect(parse(text)).toBe(Number(text))
    }),
    { numRuns: 3000 },
  )
  expect(parse(' 1.5 ')).toBe(1.5)
  expect(parse('.5')).toBe(0.5)
  expect(parse('5.')).toBe(5)
  expect(Object.is(parse('-0'), -0)).toBe(true)
  expect(parse('inf')).toBe(Number.POSITIVE_INFINITY)
  expect(parse('-Infinity')).toBe(Number.NEGATIVE_INFINITY)
  for (const text of ['', 'x', '1x', '0x10', '1e', '.', '-', '1,5', '1 2', '1_000', 'NaN', 'true'])
    expect(parse(text)).toBeUndefined()
})

it('a comma stands for the point where that is said', () => {
  const number = (text: string) => parseNumber(bytesOf(text), 0, text.length, true)
  const texts = ['1.5', '-0.25', '.5', '5.', '1234567890.123456789', '1.5e-3', '7']
  for (const text of texts) for (const one of [text, text.replace('.', ',')]) expect(number(one)).toBe(Number(text))
  for (const text of ['1.234,5', '1,234.5', '1,2,3', ',', '1,5x']) expect(number(text)).toBeUndefined()
})

it('knows what says that nothing is known', () => {
  const missing = (text: string) => isMissing(bytesOf(text), 0, text.length)
  for (const text of ['', ' ', 'NA', 'n/a', 'NaN', 'null', 'None', '?', ' nan ']) expect(missing(text)).toBe(true)
  for (const text of ['0', '-', 'no', 'nano', 'nulls', '.', 'n']) expect(missing(text)).toBe(false)
})
