import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ServerEvent, SseParser } from './sse-parser.ts'

const read = (pieces: readonly string[]): ServerEvent[] => {
  const parser = new SseParser()
  return pieces.flatMap((piece) => parser.push(piece))
}

it('reads events, ids, comments and data of several lines', () => {
  const text = ': heartbeat\n\nid: 7\nevent: alert\ndata: {"a":1}\n\ndata: one\ndata:two\n\nevent: empty\n\n'
  expect(read([text])).toEqual([
    { event: 'alert', data: '{"a":1}', id: '7' },
    { event: 'message', data: 'one\ntwo', id: '7' },
  ])
})

it('keeps only the one space after the colon apart, and knows fields without one', () => {
  expect(read(['data:  two spaces\ndata\nretry: 5\nunknown: x\n\n'])).toEqual([
    { event: 'message', data: ' two spaces\n', id: '' },
  ])
})

it('leaves an event that is not ended, and an id that a NUL is in', () => {
  expect(read(['id: a\0b\ndata: 1\n\ndata: never ended'])).toEqual([{ event: 'message', data: '1', id: '' }])
})

it('leaves out the mark of byte order at the start', () => {
  expect(read(['\uFEFFdata: 1\n\n'])).toEqual([{ event: 'message', data: '1', id: '' }])
})

it('goes on from an id that was seen before', () => {
  expect(new SseParser('41').push('data: x\n\n')).toEqual([{ event: 'message', data: 'x', id: '41' }])
})

const line = fc.oneof(
  fc.constantFrom('', 'data', 'event: alert', ': comment', 'id: 12', 'data: {"name":"Ж \u2028 🙂"}'),
  fc.string().filter((text) => !/[\r\n\uFEFF]/.test(text)),
)

it('gives the same events wherever the text is cut, for every kind of line end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 }),
      fc.array(fc.nat(400), { maxLength: 20 }),
      (lines, cuts) => {
        const text = `${lines.map(([content, end]) => content + end).join('')}data: end\n\n`
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
        const pieces = places.slice(1).map((place, i) => text.slice(places[i], place))
        expect(read(pieces)).toEqual(read([text]))
        expect(read([...text])).toEqual(read([text]))
      },
    ),
  )
})

it('does not grow without end', () => {
  const parser = new SseParser()
  const megabyte = 'x'.repeat(1024 * 1024)
  expect(() => {
    for (let i = 0; i < 10; i++) parser.push(megabyte)
  }).toThrow(RangeError)
})
