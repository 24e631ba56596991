/** Memory on disk: what changed is written, and what is in force stays whole at every moment. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MemoryShelf, PARTS_FOLDER } from './memory-shelf.ts'
import type { Snapshot } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-shelf-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const fresh = () => mkdtempSync(join(root, 'shelf-'))

const LARGE = 300_000

/** Bytes of a generation: longer ones begin with the shorter. */
const part = (generation: number, length: number): Snapshot['parts'][number] => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + generation) & 255)
  // However it is cut: here in two, elsewhere every time.
  const cut = Math.floor(length / 3)
  return { generation, pieces: [bytes.subarray(0, cut), bytes.subarray(cut)] }
}

const snapshot = (position: number, ...parts: Snapshot['parts']): Snapshot => ({
  position,
  rest: [Uint8Array.of(position, 2), Uint8Array.of(3)],
  parts,
})

/** Compared as a whole: a matcher asks about each byte by itself. */
function expectSame(found: Snapshot['parts'], expected: Snapshot['parts']): void {
  expect(found.map(({ generation }) => generation)).toEqual(expected.map(({ generation }) => generation))
  for (const [i, { pieces }] of expected.entries())
    expect(Buffer.concat((found[i] as Snapshot['parts'][number]).pieces).equals(Buffer.concat(pieces))).toBe(true)
}

function expectRead(folder: string, file: string, { rest, parts }: Snapshot): void {
  const read = new MemoryShelf(folder, file).read()
  expect(Buffer.concat(read.rest)).toEqual(Buffer.concat(rest))
  expectSame(read.parts, parts)
}

const filesOf = (folder: string) => readdirSync(join(folder, PARTS_FOLDER)).sort()

describe('memory on disk', () => {
  it('is read as it was kept, and only what changed is written', async () => {
    const folder = fresh()
    const shelf = new MemoryShelf(folder, '')
    const states = [
      snapshot(1, part(0, LARGE), part(0, 100), part(0, 0)),
      snapshot(2, part(0, LARGE + 1000), part(0, 100), part(0, 50)),
      snapshot(3, part(0, LARGE + 200_000), part(1, 90), part(0, 50)),
      snapshot(4, part(1, LARGE), part(1, 90), part(0, 60)),
      snapshot(5, part(1, LARGE), part(1, 80_000), part(0, 60)),
    ]
    const written: number[] = []
    for (const state of states) {
      const kept = await shelf.keep(state)
      written.push(kept.written)
      await shelf.putInForce(kept)
      expectRead(folder, kept.file, state)
    }
    expect(written[0]).toBeGreaterThan(LARGE)
    expect(written[1]).toBeLessThan(3000)
    expect(written[2]).toBeGreaterThan(200_000)
    expect(written[2]).toBeLessThan(203_000)
    expect(written[3]).toBeGreaterThan(LARGE)
    expect(written[4]).toBeLessThan(83_000)
    expect(filesOf(folder)).toHaveLength(2)
  })

  it('is read without what stood around it: what was appended lately holds nothing else in memory', async () => {
    const folder = fresh()
    const shelf = new MemoryShelf(folder, '')
    const state = { ...snapshot(1, part(0, 1000), part(0, 0)), rest: [new Uint8Array(LARGE)] }
    const { file } = await shelf.keep(state)
    const { parts } = new MemoryShelf(folder, file).read()
    expectSame(parts, state.parts)
    for (const { pieces } of parts) for (const { buffer } of pieces) expect(buffer.byteLength).toBeLessThan(2000)
  })

  it('goes on from what was read, also where more was written than is in force', async () => {
    const folder = fresh()
    const shelf = new MemoryShelf(folder, '')
    const first = snapshot(1, part(0, LARGE), part(3, LARGE))
    const kept = await shelf.keep(first)
    await shelf.putInForce(kept)
    // Durable, but the process ended before it was put in force.
    await shelf.keep(snapshot(2, part(0, 2 * LARGE), part(4, LARGE)))
    const again = new MemoryShelf(folder, kept.file)
    expectSame(again.read().parts, first.parts)
    const next = snapshot(3, part(0, LARGE + 100_000), part(3, LARGE + 5))
    const keptNext = await again.keep(next)
    expect(keptNext.written).toBeLessThan(103_000)
    expectRead(folder, kept.file, first)
    await again.putInForce(keptNext)
    expectRead(folder, keptNext.file, next)
    expect(filesOf(folder)).toHaveLength(2)
  })

  it('is whole in every state that the disk is in while the next is written', async () => {
    const folder = fresh()
    const shelf = new MemoryShelf(folder, '')
    const first = snapshot(1, part(0, LARGE), part(0, LARGE), part(0, 10))
    const kept = await shelf.keep(first)
    await shelf.putInForce(kept)
    let ended = false
    const next = snapshot(2, part(0, 10 * LARGE), part(1, 10 * LARGE), part(0, 70_000))
    const writing = shelf.keep(next).finally(() => {
      ended = true
    })
    let copies = 0
    const sizes = new Set<string>()
    while (!ended) {
      const copy = join(fresh(), 'copy')
      cpSync(folder, copy, { recursive: true })
      sizes.add(
        filesOf(copy)
          .map((file) => `${file} ${statSync(join(copy, PARTS_FOLDER, file)).size}`)
          .join(),
      )
      expectRead(copy, kept.file, first)
      copies++
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(copies).toBeGreaterThan(5)
    expect(sizes.size).toBeGreaterThan(3)
    const keptNext = await writing
    expectRead(folder, kept.file, first)
    expectRead(folder, keptNext.file, next)
  })

  it('leaves nothing behind that goes after it was closed', async () => {
    const folder = fresh()
    const shelf = new MemoryShelf(folder, '')
    const first = Array.from({ length: 6 }, () => part(0, LARGE))
    await shelf.putInForce(await shelf.keep(snapshot(1, ...first)))
    const next = await shelf.keep(snapshot(2, ...first.map(() => part(1, LARGE))))
    expect(filesOf(folder)).toHaveLength(12)
    const cleared = shelf.putInForce(next)
    shelf.close()
    const files = filesOf(folder)
    expect(files).toHaveLength(6)
    await cleared
    expect(filesOf(folder)).toEqual(files)
  })

  it.each([
    ['changed', (path: string) => writeFileSync(path, readFileSync(path).fill(1, 1000, 1001))],
    ['cut short', (path: string) => truncateSync(path, LARGE - 1)],
    ['gone', (path: string) => rmSync(path)],
  ])('is refused when the file of a part is %s, and then begun anew', async (_what, spoil) => {
    const folder = fresh()
    const shelf = new MemoryShelf(folder, '')
    const kept = await shelf.keep(snapshot(1, part(0, LARGE)))
    await shelf.putInForce(kept)
    spoil(join(folder, PARTS_FOLDER, filesOf(folder)[0] as string))
    const again = new MemoryShelf(folder, kept.file)
    expect(() => again.read()).toThrow()
    again.forget()
    // The same generation as before, but another one's.
    const other = snapshot(2, { generation: 0, pieces: part(9, LARGE).pieces })
    const keptOther = await again.keep(other)
    await again.putInForce(keptOther)
    expectRead(folder, keptOther.file, other)
    expect(filesOf(folder)).toHaveLength(1)
  })
})
