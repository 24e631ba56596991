import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Clock } from '@heedful/stream'
import { afterAll, describe, expect, it } from 'vitest'
import { CommandError } from '../errors.ts'
import { inputOf, openBytes } from './bytes.ts'
import { FileFeed } from './feed.ts'
import { DAY, type Frame, Framer } from './frames.ts'
import { findKnown, identify } from './identity.ts'
import { LineCutter, LONGEST_LINE, readLines } from './lines.ts'
import { merge } from './merge.ts'
import { Occurrences, SPAN } from './occurrences.ts'

const folder = mkdtempSync(join(tmpdir(), 'heedful-intake-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, bytes: Buffer | string) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const inputAt = (name: string, bytes: Buffer | string) => inputOf(file(name, bytes))

async function linesOf(path: string) {
  const bytes = await openBytes(inputOf(path))
  const lines: string[] = []
  for await (const batch of readLines(bytes)) lines.push(...batch.map(({ text }) => text))
  const { damage } = bytes
  await bytes.close()
  return { lines, damage }
}

/** Stamps are whole milliseconds at the beginning of the line. */
const clock = (): Clock => ({
  read: (line) => (/^\d+ /.test(line) ? Number(line.split(' ')[0]) : Number.NaN),
  save: () => ({ timezone: 'UTC', year: 0, last: Number.NaN }),
})

const T = Date.parse('2026-03-01T00:00:00Z')

describe('bytes', () => {
  it('unpacks gzip by its first bytes, whatever its name', async () => {
    expect(await linesOf(file('a.log', gzipSync('one\ntwo\n')))).toEqual({ lines: ['one', 'two'], damage: undefined })
  })

  it('reads members behind each other', async () => {
    const members = Buffer.concat([gzipSync('one\n'), gzipSync(''), gzipSync('two\nthree')])
    expect((await linesOf(file('b.gz', members))).lines).toEqual(['one', 'two', 'three'])
  })

  it('reads the good part of a file that is cut short, and says so', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `line ${i} ${(i * 7919) % 104729}`)
    const whole = gzipSync(`${rows.join('\n')}\n`)
    const { lines, damage } = await linesOf(file('cut.gz', whole.subarray(0, whole.length >> 1)))
    expect(lines.length).toBeGreaterThan(10_000)
    expect(lines.slice(0, -1)).toEqual(rows.slice(0, lines.length - 1))
    expect(damage).toMatch(/cut short/)
  })

  it('reads the good part before damaged bytes, and says so', async () => {
    const whole = gzipSync(Array.from({ length: 50_000 }, (_, i) => `line ${i} ${(i * 7919) % 104729}`).join('\n'))
    whole.fill(0xff, whole.length >> 1, (whole.length >> 1) + 64)
    const { lines, damage } = await linesOf(file('bad.gz', whole))
    expect(lines[0]).toBe('line 0 0')
    expect(damage).toMatch(/damaged/)
  })

  it('reads a file that unpacks to a thousand times its size in bounded memory', async () => {
    const member = gzipSync(Buffer.alloc(8 * 1024 * 1024))
    const size = 64 * 8 * 1024 * 1024
    const bytes = await openBytes(inputAt('bomb.gz', Buffer.concat(Array.from({ length: 64 }, () => member))))
    let length = 0
    let most = 0
    for (let piece = await bytes.next(); piece !== undefined; piece = await bytes.next()) {
      length += piece.length
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    }
    await bytes.close()
    expect(length).toBe(size)
    expect(most).toBeLessThan(128 * 1024 * 1024)
  })

  it.each([
    ['missing', 'file-missing'],
    ['.', 'file-is-folder'],
  ])('says what is wrong with %s', async (name, code) => {
    const error = await openBytes(inputOf(join(folder, name))).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(CommandError)
    expect((error as CommandError).code).toBe(code)
  })

  it('names the program that unpacks what it does not', async () => {
    const error = await openBytes(inputAt('x.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))).catch(
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ code: 'format-packed', message: expect.stringContaining('xz') })
  })
})

describe('lines', () => {
  const cut = (...pieces: (Buffer | string)[]) => {
    const cutter = new LineCutter()
    const lines = pieces.flatMap((piece) => cutter.cut(Buffer.from(piece)))
    const last = cutter.end()
    return last === undefined ? lines : [...lines, last]
  }

  it('are the same at any cut of the bytes', () => {
    const whole = Buffer.from('eins\r\nzwei\n\nümläut €\nend')
    const expected = cut(whole)
    expect(expected.map(({ text }) => text)).toEqual(['eins', 'zwei', '', 'ümläut €', 'end'])
    for (let at = 0; at <= whole.length; at++) expect(cut(whole.subarray(0, at), whole.subarray(at))).toEqual(expected)
  })

  it('know where reading goes on', () => {
    expect(cut('a\r\nbé\n').map(({ end }) => end)).toEqual([3, 7])
  })

  it('keep what is no UTF-8 as U+FFFD, and NUL as it is', () => {
    const [line] = cut(Buffer.from([0x61, 0xff, 0x00, 0x62, 0x0a]))
    expect(line).toMatchObject({ text: 'a\uFFFD\u0000b', damaged: true })
    expect(cut('real \uFFFD\n')[0]).toMatchObject({ damaged: false })
  })

  it('are dropped from a mebibyte on, in bounded memory, and the next one is read', () => {
    const cutter = new LineCutter()
    const piece = Buffer.alloc(1024 * 1024, 'x')
    for (let i = 0; i < 64; i++) expect(cutter.cut(piece)).toEqual([])
    const [long, next] = cutter.cut(Buffer.from('\nnext\n'))
    expect(long).toMatchObject({ tooLong: 64 * LONGEST_LINE, number: 1 })
    expect(long?.text.length).toBe(1024)
    expect(next).toMatchObject({ text: 'next', number: 2, end: 64 * LONGEST_LINE + 6 })
  })
})

describe('clocks', () => {
  const frames = (...times: (number | string)[]) => {
    const framer = new Framer({ clock: clock(), keepClock: false, now: T + 400 * DAY })
    framer.push(
      times.map((time, i) => ({
        text: typeof time === 'string' ? time : `${time} x`,
        number: i + 1,
        end: 0,
        damaged: false,
      })),
    )
    framer.end()
    const result: Frame[] = []
    for (let frame = framer.next(); frame !== undefined; frame = framer.next()) result.push(frame)
    return result
  }
  const refusals = (...times: (number | string)[]) => frames(...times).map(({ refused }) => refused)

  it('that jump ahead are refused when the following lines do not confirm it', () => {
    expect(refusals(T, T + 1, T + 5 * DAY, T + 2, T + 3)).toEqual([
      undefined,
      undefined,
      'clock_jumps',
      undefined,
      undefined,
    ])
  })

  it('that jump ahead are believed when the following lines confirm it', () => {
    expect(refusals(T, T + 5 * DAY, T + 5 * DAY + 1)).toEqual([undefined, undefined, undefined])
  })

  it('a day after the wall clock, and before 1990, are refused', () => {
    expect(refusals(T, T + 402 * DAY, 86_400_000, T)).toEqual([
      undefined,
      'clock_in_the_future',
      'clock_before_1990',
      undefined,
    ])
  })

  it('never let a refused stamp or a line without one move the order', () => {
    expect(frames('no stamp', T, 'none', T - 50, T + 9 * DAY, T + 7, T + 8).map(({ key }) => key - T)).toEqual([
      0, 0, 0, 0, 0, 7, 8,
    ])
  })
})

describe('merging', () => {
  const merged = async (...files: number[][]) => {
    const plans = files.map((times) => ({
      first: times[0] as number,
      open: async () => {
        let at = 0
        let key = Number.NEGATIVE_INFINITY
        return {
          next() {
            const time = times[at++]
            if (time === undefined) return undefined
            key = Math.max(key, time)
            return { line: { text: '', number: at, end: 0, damaged: false }, time, key }
          },
        }
      },
      close: async () => undefined,
    }))
    const order: number[] = []
    for await (const batch of merge(plans)) for (const { frame } of batch) order.push(frame.time)
    return order
  }

  it('is by time, and keeps the order of each file', async () => {
    expect(await merged([1, 5, 3, 9], [2, 4, 8])).toEqual([1, 2, 4, 5, 3, 8, 9])
  })

  it('of a log that was cut gives the log', async () => {
    expect(await merged([1, 2, 3], [3, 4, 5])).toEqual([1, 2, 3, 3, 4, 5])
  })
})

describe('occurrences', () => {
  it('count equal lines of one door', () => {
    const counts = new Occurrences()
    expect([counts.next('a', 1), counts.next('b', 1), counts.next('a', 1), counts.next('a', 2)]).toEqual([0, 0, 1, 0])
  })

  it('go on exactly where they were after being rebuilt', () => {
    const lines = Array.from({ length: 3 * SPAN + 17 }, (_, i) => `line ${(i * 31) % 200_003}`)
    const all = new Occurrences()
    const expected = lines.map((line) => all.next(line, 1))
    for (const at of [5, SPAN - 1, SPAN, 2 * SPAN + 5, 3 * SPAN]) {
      const from = Occurrences.rebuildFrom(at)
      const rebuilt = new Occurrences(from)
      for (const line of lines.slice(from, at)) rebuilt.next(line, 1)
      expect(lines.slice(at, at + 50).map((line) => rebuilt.next(line, 1))).toEqual(expected.slice(at, at + 50))
    }
  })
})

describe('a file', () => {
  it('is known by its beginning, also when it was short and has grown', () => {
    const short = Buffer.from('first line\n')
    const known = [{ identity: identify(short) }, { identity: identify(Buffer.from('another')) }]
    expect(findKnown(Buffer.concat([short, Buffer.from('second\n')]), known)).toBe(known[0])
    expect(findKnown(Buffer.from('something else'), known)).toBeUndefined()
    expect(findKnown(short, [{ identity: identify(Buffer.alloc(0)) }])).toBeUndefined()
  })

  it('is read on from where it was left, packed or not', async () => {
    const text = Array.from({ length: 100 }, (_, i) => `${T + i} line`).join('\n')
    for (const path of [file('grown.log', text), file('grown.gz', gzipSync(text))]) {
      const all: Frame[] = []
      const feed = await FileFeed.open({ input: inputOf(path), clock: clock(), keepClock: false, now: T })
      for (let frame = await feed.next(); frame !== undefined; frame = await feed.next()) all.push(frame)
      await feed.close()
      const { line, key } = all[41] as Frame
      const from = { offset: line.end, line: line.number, key }
      const rest = await FileFeed.open({ input: inputOf(path), clock: clock(), keepClock: false, now: T, from })
      expect(await rest.next()).toEqual(all[42])
      await rest.close()
    }
  })

  it('that is still being written keeps its last line for the next scan', async () => {
    const path = file('open.log', `${T} done\n${T} half`)
    const feed = await FileFeed.open({
      input: inputOf(path),
      clock: clock(),
      keepClock: false,
      now: T,
      leaveUnfinished: true,
    })
    expect((await feed.next())?.line.text).toBe(`${T} done`)
    expect(await feed.next()).toBeUndefined()
    expect(feed.left?.number).toBe(2)
    await feed.close()
  })
})
