import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Dialect, splitRecord } from './csv.ts'
import { CsvLines } from './csv-lines.ts'

const DIALECTS: Dialect[] = [
  { delimiter: ',', quote: '"' },
  { delimiter: ';', quote: "'" },
  { delimiter: '\t', quote: '"' },
  { delimiter: '|', quote: '"' },
]
const dialect = fc.constantFrom(...DIALECTS)
/** Texts made of what matters to the reader, and of anything else. */
const field = fc.oneof(
  fc
    .array(fc.constantFrom('"', "'", ',', ';', '\t', '|', '\n', '\r', ' ', 'a', '\\', 'ß', '\u0000'), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const record = fc.array(field, { minLength: 1, maxLength: 8 })

/** As RFC 4180 writes it: quoted where it must be, or always. */
function write(fields: readonly string[], { delimiter, quote }: Dialect, always: boolean): string {
  const must = (text: string) => always || [delimiter, quote, '\n', '\r'].some((one) => text.includes(one))
  return fields
    .map((text) => (must(text) ? quote + text.replaceAll(quote, quote + quote) + quote : text))
    .join(delimiter)
}

/** The slow twin: one character after another, in the words of RFC 4180. */
function splitSlowly(text: string, { delimiter, quote }: Dialect): string[] | 'open' | 'broken' {
  const fields: string[] = []
  let field = ''
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  for (const character of text.split('')) {
    if (state === 'quoted') {
      if (character === quote) state = 'closed'
      else field += character
    } else if (state === 'closed' && character === quote) {
      field += quote
      state = 'quoted'
    } else if (character === delimiter) {
      fields.push(field)
      field = ''
      state = 'start'
    } else if (state === 'closed') return 'broken'
    else if (state === 'start' && character === quote) state = 'quoted'
    else {
      field += character
      state = 'plain'
    }
  }
  return state === 'quoted' ? 'open' : [...fields, field]
}

describe('a record of CSV', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(record, dialect, fc.boolean(), (fields, how, always) => {
        expect(splitRecord(write(fields, how, always), how)).toEqual({ kind: 'fields', fields })
      }),
      { numRuns: 5000, seed: 7 },
    )
  })

  test('is read as the slow twin reads it, whatever the text', () => {
    const text = fc.array(fc.constantFrom('"', "'", ',', ';', '|', '\t', 'a', ' ', '\n'), { maxLength: 30 })
    fc.assert(
      fc.property(text, dialect, (parts, how) => {
        const split = splitRecord(parts.join(''), how)
        expect(split.kind === 'fields' ? split.fields : split.kind).toEqual(splitSlowly(parts.join(''), how))
      }),
      { numRuns: 20_000, seed: 7 },
    )
  })

  test('written over lines is put together from them, and nothing of its neighbours is lost', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), dialect, fc.boolean(), (records, how, always) => {
        // A line that is empty is no record of one empty field.
        const written = records.map((fields) => write(fields, how, always || fields.join('') === ''))
        const lines = new CsvLines(how)
        const found: string[][] = []
        for (const line of written.join('\n').split('\n')) {
          const joined = lines.add(line)
          if (joined.kind === 'fields') found.push(joined.fields)
          else expect(joined.kind).toBe('held')
        }
        expect(found).toEqual(records)
        expect(lines.save()).toBeUndefined()
      }),
      { numRuns: 3000, seed: 7 },
    )
  })

  test('whose quote never closes is given up within bounds, and the next one is read', () => {
    const lines = new CsvLines(DIALECTS[0] as Dialect)
    const kinds = Array.from({ length: 500 }, (_, at) => lines.add(at === 0 ? '1,"begins' : 'more,of,it').kind)
    expect(new Set(kinds)).toEqual(new Set(['held']))
    expect(lines.add('one too many')).toMatchObject({ kind: 'broken', detail: expect.stringContaining('501 lines') })
    expect(lines.add('a,b')).toEqual({ kind: 'fields', fields: ['a', 'b'] })
    expect(lines.add(`"${'x'.repeat(200_000)}`)).toMatchObject({ kind: 'broken' })
    expect(lines.add('a,b')).toEqual({ kind: 'fields', fields: ['a', 'b'] })
  })

  test('nothing is quoted where no quote is named', () => {
    expect(splitRecord('"a,b",c', { delimiter: ',', quote: '' })).toEqual({ kind: 'fields', fields: ['"a', 'b"', 'c'] })
  })
})
