/** Files that pyarrow 26.0.1 wrote of one table of 300 rows, and the same table as CSV. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { fresh } from '../commands/run-command.fixture.ts'
import { inputOf } from '../intake/bytes.ts'
import { unpackLz4Frame } from './lz4-frame.ts'
import { readTable } from './read-table.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const signal = new AbortController().signal
const COLUMNS = { label: 'label', time: 'when', without: ['ok'] }
const read = (name: string) => readTable(inputOf(join(FIXTURES, name)), COLUMNS, { signal })

const FILES = ['snappy.parquet', 'zstd.parquet', 'uncompressed.feather', 'lz4.feather', 'zstd.feather', 'stream.arrows']

it.each(FILES)('%s is the table that the CSV is', async (name) => {
  const [found, expected] = [await read(name), await read('same.csv')]
  expect(found).toEqual(expected)
  expect(found.rows.columns.map(({ type }) => type)).toEqual(['number', 'number', 'category'])
  expect(found.rows.data[5 * 3]).toBeNaN()
})

it('booleans are 0 and 1 where they are features', async () => {
  const { rows } = await readTable(inputOf(join(FIXTURES, 'snappy.parquet')), { without: ['x', 'colour'] }, { signal })
  expect(rows.columns.map(({ name }) => name)).toEqual(['n', 'when', 'ok', 'label'])
  expect([...rows.data.subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 1000, 0, 0])
})

it.each(FILES.slice(0, 5))('%s: cut short or damaged it is refused, never read as something else', async (name) => {
  const whole = readFileSync(join(FIXTURES, name))
  const expected = await read('same.csv')
  const path = join(fresh(), name)
  for (const length of [8, whole.length >> 1, whole.length - 9]) {
    writeFileSync(path, whole.subarray(0, length))
    const work = readTable(inputOf(path), COLUMNS, { signal })
    await expect(work).rejects.toMatchObject({ exit: 3 })
  }
  expect(expected.rows.count).toBe(300)
})

it('a label that is none is named with its row', async () => {
  const named = { ...COLUMNS, label: 'n' }
  const work = readTable(inputOf(join(FIXTURES, 'lz4.feather')), { ...named, time: undefined }, { signal })
  await expect(work).rejects.toThrow('row 3, column "n" is "2"')
})

const PACKED =
  'BCJNGGBAghcBAAA/YWJjAwD/U//xAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD' +
  '0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6P' +
  'kJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4e' +
  'Lj5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/2gC/////7xQ+/z9/v8AAAAA'
test('an LZ4 frame of Arrow unpacks', () => {
  const once = [...Buffer.from('abcabcabc'.repeat(40)), ...Array.from({ length: 256 }, (_, i) => i)]
  expect([...unpackLz4Frame(Buffer.from(PACKED, 'base64'))]).toEqual([...once, ...once, ...once])
})

it('damaged LZ4 frames are refused or give other bytes, and never run on', () => {
  const packed = Buffer.from(PACKED, 'base64')
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.nat(255), (place, byte) => {
      const damaged = Uint8Array.from(packed)
      damaged[place] = byte
      try {
        expect(unpackLz4Frame(damaged).length).toBeLessThan(100_000_000)
      } catch (error) {
        expect((error as Error).message).toMatch(/packed bytes are|Invalid typed array/)
      }
    }),
    { numRuns: 500 },
  )
})
