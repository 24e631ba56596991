import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createRandom } from '@heedful/detect/contracts/random'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { inputOf } from '../intake/bytes.ts'
import { readTable } from '../table/read-table.ts'
import { file, fresh, heedful } from './run-command.fixture.ts'

/** Rows of three columns, of which the last is one of three words; every `strange`-th is far out. */
function table(name: string, count: number, strange: number): string {
  const random = createRandom(name)
  const lines = Array.from({ length: count }, (_, i) => {
    const far = i % strange === strange - 1 ? 9 : 0
    return `id-${i},${(random.normal() + far).toFixed(5)},${(random.normal() - far).toFixed(5)},${['red', 'green', 'blue'][random.integer(3)]}`
  })
  return `id,x,y,colour\n${lines.join('\n')}\n`
}

interface Scored {
  row: number
  id: string | undefined
  score: number
  p: number
  flag: string
}

function readScores(path: string): Scored[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const of = (name: string) => cells[names.indexOf(name)]
    return {
      row: Number(of('row')),
      id: of('id'),
      score: Number(of('score')),
      p: Number(of('p_value')),
      flag: of('flag') ?? '',
    }
  })
}

let folder = ''
let train = ''
let later = ''
let model = ''
const at = (name: string) => join(folder, name)

async function ok(...args: string[]): Promise<string> {
  const { code, out, err } = await heedful(args)
  expect({ code, err }).toEqual({ code: ExitCode.ok, err: '' })
  return out
}

beforeAll(async () => {
  folder = fresh()
  train = file(folder, 'train.csv', table('train', 3000, 1e9))
  later = file(folder, 'later.csv', table('later', 2000, 40))
  model = at('train.model')
  const words = ['--detector', 'isolation-forest', '--without', 'id', '--seed', '3', '--out', model]
  expect(await ok('fit', train, ...words)).toContain('fitted on 2,100 rows and 3 columns')
})

describe('fit and score', () => {
  it('writes a score, a p-value and a flag for every row, and hands columns on', async () => {
    const out = await ok('score', later, '--model', model, '--keep', 'id', '--out', at('s.csv'))
    expect(out).toContain('2,000 rows scored')
    const scores = readScores(at('s.csv'))
    expect(scores.map(({ row }) => row)).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1))
    expect(scores[7]?.id).toBe('id-7')
    const far = scores.filter((_, i) => i % 40 === 39)
    const usual = scores.filter((_, i) => i % 40 !== 39)
    expect(far.filter(({ flag }) => flag === '1').length / far.length).toBeGreaterThan(0.9)
    const share = usual.filter(({ p }) => p <= 0.05).length / usual.length
    expect(share).toBeGreaterThan(0.03)
    expect(share).toBeLessThan(0.08)
    for (const { p, flag } of scores) expect(flag).toBe(p <= 0.01 ? '1' : '0')
    const sorted = [...scores].sort((a, b) => a.score - b.score)
    expect(sorted.every(({ p }, i) => i === 0 || p <= sorted[i - 1]!.p)).toBe(true)
  })

  it('takes columns in any order, with others between them, packed, and packs', async () => {
    const lines = readFileSync(later, 'utf8').trimEnd().split('\n')
    const turned = lines.map((line) => {
      const [id, x, y, colour] = line.split(',')
      return [colour, y, `"more, ${x}"`, x, id].join(';')
    })
    const text = turned.join('\n').replace('"more, x"', 'more')
    const other = file(folder, 'turned.csv.gz', gzipSync(`${text}\n`))
    await ok('score', later, '--model', model, '--out', at('a.csv'))
    await ok('score', other, '--model', model, '--keep', 'x', '--keep', 'more', '--out', at('b.csv.gz'))
    const strip = (scores: Scored[]) => scores.map(({ score, p }) => [score, p])
    const text2 = gunzipSync(readFileSync(at('b.csv.gz'))).toString('utf8')
    expect(text2.split('\n')[0]).toBe('row,more,x,score,p_value,flag')
    const packed = text2.trimEnd().split('\n').slice(1)
    expect(packed.map((line) => line.split(',').slice(-3, -1).map(Number))).toEqual(strip(readScores(at('a.csv'))))
  })

  it.each(['parquet', 'arrow', 'feather'])('writes %s, which reads back as what the CSV holds', async (ending) => {
    await ok('score', later, '--model', model, '--keep', 'id', '--out', at('s.csv'))
    await ok('score', later, '--model', model, '--keep', 'id', '--out', at(`s.${ending}`))
    const signal = new AbortController().signal
    const [csv, other] = await Promise.all(
      ['csv', ending].map((one) => readTable(inputOf(at(`s.${one}`)), { without: ['id'] }, { signal })),
    )
    expect(other?.rows.columns).toEqual(csv?.rows.columns)
    expect(other?.rows.count).toBe(2000)
    for (const [i, value] of csv!.rows.data.entries()) expect(other!.rows.data[i]).toBeCloseTo(value, 5)
    const kept = await readTable(inputOf(at(`s.${ending}`)), { without: ['score'] }, { signal })
    const [, id] = kept.rows.columns
    expect(id).toMatchObject({ name: 'id', type: 'category' })
    expect(id?.type === 'category' && id.categories[kept.rows.data[4 * 7 + 1]!]).toBe('id-7')
    // What was written scores as a table, too.
    await ok('score', at(`s.${ending}`), '--detector', 'ecod', '--without', 'id', '--out', at('again.csv'))
  })

  it('a category that was never seen, and a missing value, have a score', async () => {
    const odd = file(folder, 'odd.csv', 'id,x,y,colour\n1,0,0,purple\n2,,0.5,red\n3,NA,,\n')
    await ok('score', odd, '--model', model, '--out', at('odd-scores.csv'))
    const scores = readScores(at('odd-scores.csv'))
    expect(scores).toHaveLength(3)
    expect(scores.every(({ score }) => Number.isFinite(score))).toBe(true)
  })

  it('the seed decides the model; the same words give the same bytes', async () => {
    const fit = async (seed: string, name: string) => {
      await ok('fit', train, '--detector', 'isolation-forest', '--without', 'id', '--seed', seed, '--out', at(name))
      return readFileSync(at(name))
    }
    const kept = readFileSync(model)
    expect((await fit('3', 'again.model')).equals(kept)).toBe(true)
    expect((await fit('4', 'other.model')).equals(kept)).toBe(false)
  })

  it('writes nothing over what it reads', async () => {
    const table = file(folder, 'own.csv', readFileSync(train))
    const before = readFileSync(table)
    symlinkSync(table, at('link.csv'))
    const words: string[][] = [
      ['fit', table, '--detector', 'ecod', '--without', 'id', '--out', at('link.csv')],
      ['score', table, '--model', model, '--out', table],
      ['score', table, '--model', model, '--out', model],
      ['export', model, '--out', model],
    ]
    for (const one of words) {
      const { code, err } = await heedful(one)
      expect(err).toContain('would be overwritten')
      expect(code).toBe(2)
    }
    expect(readFileSync(table)).toEqual(before)
    const { code, err } = await heedful(['export', model, '--out', at('forest.pkl')])
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('end it in .json, .model, .onnx') })
  })

  it('says that labels are learned where they are not named', async () => {
    const labelled = file(
      folder,
      'labelled.csv',
      `x,is_fraud\n${Array.from({ length: 20 }, (_, i) => `${i},${i % 2}`).join('\n')}\n`,
    )
    const { err } = await heedful(['fit', labelled, '--detector', 'ecod', '--out', at('labelled.model')])
    expect(err).toContain('column "is_fraud" looks like labels')
  })

  it('keeps what stands before the detector with it', async () => {
    const words = ['--detector', 'ecod', '--without', 'id', '--prepare', 'rank-scaler,principal-components']
    const said = await ok('fit', train, ...words, '--out', at('axes.model'))
    expect(said).toContain('ecod after imputer, category-encoder, rank-scaler, principal-components, fitted on')
    await ok('score', later, '--model', at('axes.model'), '--out', at('axes.csv'))
    await ok('export', at('axes.model'), '--out', at('axes.json'))
    await ok('score', later, '--model', at('axes.json'), '--out', at('axes-again.csv'))
    expect(readFileSync(at('axes-again.csv'))).toEqual(readFileSync(at('axes.csv')))
    expect(readScores(at('axes.csv'))).toHaveLength(2000)
  })

  it('fits on a sample of a larger table, and scores all of it', async () => {
    const words = [
      '--detector',
      'ecod',
      '--without',
      'id',
      '--without',
      'colour',
      '--rows',
      '500',
      '--out',
      at('d.csv'),
    ]
    const out = await ok('score', later, ...words)
    expect(out).toContain('fitted on 350 of 2,000 rows and 2 columns')
    expect(readScores(at('d.csv'))).toHaveLength(2000)
  })

  it('keeps what was scored when it is stopped', async () => {
    const stop = new AbortController()
    stop.abort()
    const { code, err } = await heedful(['score', later, '--model', model, '--out', at('stopped.csv')], '', stop.signal)
    expect(code).toBe(ExitCode.interrupted)
    expect(err).toContain('are kept in')
    expect(readScores(at('stopped.csv'))).toEqual([])
  })
})

describe('export', () => {
  it('writes a forest as ONNX, and says of others what can be', async () => {
    await ok('export', model, '--out', at('m.onnx'))
    // IR version 8, then the producer.
    expect(readFileSync(at('m.onnx')).subarray(0, 11).toString('latin1')).toBe('\x08\x08\x12\x07heedful')
    await ok('fit', train, '--detector', 'ecod', '--without', 'id', '--out', at('e.model'))
    const { code, err } = await heedful(['export', at('e.model'), '--to', 'onnx', '--out', at('e.onnx')])
    expect(code).toBe(ExitCode.usage)
    expect(err).toContain('ecod cannot be written as ONNX; isolation-forest,')
  })

  it('JSON and bytes score alike, and come back to the same bytes', async () => {
    await ok('export', model, '--out', at('m.json'))
    await ok('export', at('m.json'), '--to', 'bytes', '--out', at('back.model'))
    expect(readFileSync(at('back.model')).equals(readFileSync(model))).toBe(true)
    await ok('score', later, '--model', model, '--out', at('1.csv'))
    await ok('score', later, '--model', at('m.json'), '--out', at('2.csv'))
    expect(readFileSync(at('2.csv'))).toEqual(readFileSync(at('1.csv')))
    expect(JSON.parse(readFileSync(at('m.json'), 'utf8'))).toMatchObject({
      heedful_model: 1,
      model: { detector: 'isolation-forest' },
    })
  })

  it.each(['train.model', 'm.json'])('%s: cut short or with one byte changed it is refused', async (name) => {
    await ok('export', model, '--out', at('m.json'))
    const whole = readFileSync(at(name))
    const refused = async (bytes: Buffer) => {
      writeFileSync(at('broken'), bytes)
      const { code, err } = await heedful(['export', at('broken'), '--out', at('never.json')])
      expect(err).toContain('model-unreadable')
      expect(err).toContain('what to do')
      expect(code).toBe(ExitCode.input)
    }
    const random = createRandom('damage')
    for (const length of [0, 1, 17, whole.length >> 1, whole.length - 2]) await refused(whole.subarray(0, length))
    for (let i = 0; i < 40; i++) {
      const changed = Buffer.from(whole)
      const place = i < 8 ? i : random.integer(whole.length - 1)
      changed[place] = changed[place]! ^ (1 << random.integer(8))
      await refused(changed)
    }
  })

  it('what is no model is refused', async () => {
    for (const text of ['', '{}', 'id,x\n1,2\n', '{"heedful_model":1,"sha256":"00","model":{}}']) {
      const path = file(folder, 'no-model', text)
      const { code, err } = await heedful(['score', later, '--model', path, '--out', at('never.json')])
      expect(err).toContain('model-unreadable')
      expect(code).toBe(ExitCode.input)
    }
  })
})

describe('what is refused', () => {
  const cases: [name: string, text: string, args: string[], exit: number, said: string][] = [
    ['a column that is not there', 'id,x,yy,colour\n1,2,3,red\n', [], 2, 'no column "y", which the model reads'],
    ['a text among numbers', 'id,x,y,colour\n1,2,3,red\n2,word,3,red\n', [], 3, 'line 3, column "x" holds a text'],
    ['a ragged line', 'id,x,y,colour\n1,2\n', [], 3, 'line 2'],
    [
      'a column to keep that is not there',
      'id,x,y,colour\n1,2,3,red\n',
      ['--keep', 'idd'],
      2,
      'did you mean --keep "id"?',
    ],
    ['a level that is none', 'id,x,y,colour\n1,2,3,red\n', ['--level', '2'], 2, '--level "2"'],
    ['both a model and a detector', 'id,x,y,colour\n1,2,3,red\n', ['--detector', 'ecod'], 2, 'name one of the two'],
  ]
  it.each(cases)('%s', async (_, text, args, exit, said) => {
    const path = file(folder, 'bad.csv', text)
    const { code, err } = await heedful(['score', path, '--model', model, '--out', at('never.csv'), ...args])
    expect(err).toContain(said)
    expect(err).not.toContain('internal')
    expect(code).toBe(exit)
    expect(() => readFileSync(at('never.csv'))).toThrow()
  })

  it('too few rows to fit on, and detectors that cannot be fitted', async () => {
    const few = file(folder, 'few.csv', 'x,y\n1,2\n3,4\n')
    const fit = (path: string, detector: string) =>
      heedful(['fit', path, '--detector', detector, '--out', at('never.json')])
    expect(await fit(few, 'ecod')).toMatchObject({ code: 3, err: expect.stringContaining('too few to learn from') })
    expect(await fit(train, 'all')).toMatchObject({ code: 2, err: expect.stringContaining('one detector') })
    expect(await fit(train, 'rarity')).toMatchObject({ code: 3, err: expect.stringContaining('categories alone') })
    const boosting = await fit(train, 'gradient-boosting')
    expect(boosting).toMatchObject({ code: 3, err: expect.stringContaining('--label COLUMN') })
    expect(await fit(train, 'ecodd')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean ecod') })
  })
})
