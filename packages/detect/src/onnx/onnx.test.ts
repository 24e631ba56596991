import { describe, expect, it } from 'vitest'
import { prepared } from '../contracts/prepared.ts'
import { type Column, numberRows } from '../contracts/rows.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { lof } from '../detectors/table/lof.ts'
import { randomForest } from '../detectors/table/random-forest.ts'
import { rankScaler } from '../prepare/rank-scaler.ts'
import { Message, utf8Bytes } from './protobuf.ts'
import { toOnnx } from './to-onnx.ts'

const data = Float64Array.from({ length: 80 }, (_, i) => (i * 37) % 17)
const rows = numberRows(['x', 'y'], data)
const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes)

describe('messages', () => {
  it('are the bytes of the examples of the encoding', () => {
    // developers.google.com/protocol-buffers/docs/encoding: "A Simple Message", "Length-Delimited", packed fields.
    expect([...new Message().int(1, 150).finish()]).toEqual([0x08, 0x96, 0x01])
    expect([...new Message().text(2, 'testing').finish()]).toEqual([0x12, 7, ...utf8Bytes('testing')])
    expect([...new Message().ints(6, [3, 270, 86942]).finish()]).toEqual([0x32, 6, 3, 0x8e, 2, 0x9e, 0xa7, 5])
    expect([...new Message().float(2, 1).finish()]).toEqual([0x15, 0, 0, 0x80, 0x3f])
  })

  it('hold any text and numbers beyond 32 bits', () => {
    expect([...utf8Bytes('aü人😀\ud800')]).toEqual([...new TextEncoder().encode('aü人😀\ud800')])
    expect([...new Message().int(1, 2 ** 35).finish()]).toEqual([0x08, 128, 128, 128, 128, 128, 1])
  })
})

describe('a model', () => {
  it('is the same bytes each time', () => {
    const bytes = toOnnx(isolationForest.fitNow(rows, { seed: 1 }))
    expect(bytes).toEqual(toOnnx(isolationForest.fitNow(rows, { seed: 1 })))
    expect(textOf(bytes)).toContain('TreeEnsembleRegressor')
    expect(textOf(bytes)).toContain('["x","y"]')
  })

  it('has a text input only where there are categories', () => {
    const columns: readonly Column[] = [
      { name: 'x', type: 'number' },
      { name: 'c', type: 'category', categories: ['a', 'b'] },
    ]
    const labels = Float64Array.from({ length: 40 }, (_, row) => row % 2)
    const mixed = { columns, count: 40, data: data.map((value, i) => (i % 2 === 1 ? value % 3 : value)) }
    expect(textOf(toOnnx(randomForest.fitNow(mixed, { lesson: { labels } })))).toContain('LabelEncoder')
    expect(textOf(toOnnx(randomForest.fitNow(rows, { lesson: { labels } })))).not.toContain('LabelEncoder')
  })

  it('that has no words in ONNX is refused by name, with what can be', () => {
    expect(() => toOnnx(lof.fitNow(rows))).toThrow(/^lof cannot be written as ONNX; isolation-forest, /)
    const scaled = prepared(rankScaler, isolationForest).fitNow(rows)
    expect(() => toOnnx(scaled)).toThrow(/the preparer rank-scaler cannot .*, imputer, .* can; prepare/)
  })
})
