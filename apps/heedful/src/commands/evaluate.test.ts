import { gzipSync } from 'node:zlib'
import { createRandom } from '@heedful/detect/contracts/random'
import { describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { file, fresh, heedful } from './run-command.fixture.ts'

interface Cell {
  /** Anomalies are far out in x, so that every detector finds them. */
  x: string
  y: string
  kind: string
  day: string
  user: string
  label: string
}

/** A small labelled table: 300 rows, every fifteenth an anomaly. */
function cells(): Cell[] {
  const random = createRandom('evaluate')
  return Array.from({ length: 300 }, (_, i) => {
    const anomaly = i % 15 === 7
    return {
      x: (random.normal() + (anomaly ? 8 : 0)).toFixed(4),
      y: random.normal().toFixed(4),
      kind: ['red', 'green', 'blue'][random.integer(3)]!,
      day: new Date(Date.UTC(2026, 0, 1 + (i % 90))).toISOString().slice(0, 10),
      user: `u${i % 37}`,
      label: anomaly ? '1' : '0',
    }
  })
}

function csv(rows: readonly Cell[], names: readonly (keyof Cell)[], separator = ','): string {
  const lines = rows.map((row) => names.map((name) => row[name]).join(separator))
  return `${[names.join(separator), ...lines].join('\n')}\n`
}

const evaluate = (...args: string[]) => heedful(['evaluate', ...args])

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await evaluate(...args, '--label', 'label', '--json')
  expect({ code, err }).toEqual({ code: ExitCode.ok, err: '' })
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const numbers = ['x', 'y', 'label'] as const

describe('heedful evaluate', () => {
  it('puts before the detector what a person names, behind what it needs to read the table at all', async () => {
    const rows = cells().map((cell, i) => (i === 20 ? { ...cell, y: '' } : cell))
    const path = file(fresh(), 'a.csv', csv(rows, ['x', 'y', 'kind', 'label']))
    const given = ['--detectors', 'ecod,k-nearest-neighbours', '--prepare', 'rank-scaler,principal-components']
    const [ecod, neighbours] = await json(path, ...given, '--param', 'k=5')
    const before = ['imputer', 'category-encoder', 'rank-scaler', 'principal-components']
    expect(ecod).toMatchObject({ detector: 'ecod', prepared_by: before })
    expect(neighbours).toMatchObject({ detector: 'k-nearest-neighbours', prepared_by: before })
    const [one] = await json(
      path,
      ...given.slice(0, 3),
      ...['principal-components', '--param'],
      'principal-components.most=1',
    )
    expect(one?.roc_auc).not.toBe(ecod?.roc_auc)
    const [own] = await json(path, '--detectors', 'ecod', '--prepare', 'hashing-encoder,imputer')
    expect(own).toMatchObject({ prepared_by: ['hashing-encoder', 'imputer'] })
  })

  it('reads decimal commas between semicolons', async () => {
    const folder = fresh()
    const points = file(folder, 'points.csv', csv(cells(), numbers))
    const commas = file(folder, 'commas.csv', csv(cells(), numbers, ';').replaceAll('.', ','))
    const [one, other] = await json(points, commas, '--detectors', 'ecod')
    expect(other).toMatchObject({ columns: 2, prepared_by: [] })
    expect(other?.roc_auc).toBe(one?.roc_auc)
  })

  it('measures on another table what was fitted on few labels, and tells its sizes', async () => {
    const folder = fresh()
    const few = cells().map((cell, i) => ({ ...cell, label: i === 7 ? '1' : '' }))
    const train = file(folder, 'few.csv', csv(few, numbers))
    const test = file(folder, 'test.csv', csv(cells().slice(0, 150), numbers))
    const [found] = await json(train, '--test', test, '--detectors', 'auto')
    expect(found).toMatchObject({ rows: 150, anomalies: 10, rows_fitted: 300, rows_scored: 150 })
  })

  it('numbers may name columns where they rise by whole steps', async () => {
    const [found] = await json(
      file(fresh(), 'a.csv', csv(cells(), numbers).replace('x,y', '0,1')),
      '--detectors',
      'ecod',
    )
    expect(found).toMatchObject({ columns: 2, rows: 300 })
  })

  it('says that a preparer learns from labels where there are none', async () => {
    const path = file(fresh(), 'a.csv', csv(cells(), numbers))
    const [blind] = await json(path, '--detectors', 'ecod', '--prepare', 'anova-selector')
    expect(blind?.not_applicable).toMatch(/anova-selector learns from labels, and protocol unsupervised/)
    const [told] = await json(path, '--detectors', 'ecod', '--prepare', 'anova-selector', '--protocol', 'supervised')
    expect(told).toMatchObject({ prepared_by: ['anova-selector'], roc_auc: expect.any(Number) })
  })

  it('prints one object a file and detector, in the names that are promised', async () => {
    const folder = fresh()
    const first = file(folder, 'a.csv', csv(cells(), numbers))
    const second = file(folder, 'b.csv.gz', gzipSync(csv(cells(), numbers, ';')))
    const found = await json(first, second, '--detectors', 'ecod,isolation-forest')
    expect(found.map(({ file, detector }) => [file, detector])).toEqual([
      [first, 'ecod'],
      [first, 'isolation-forest'],
      [second, 'ecod'],
      [second, 'isolation-forest'],
    ])
    const names = [
      'file',
      'detector',
      'rows',
      'columns',
      'anomalies',
      'roc_auc',
      'average_precision',
      'fit_ms',
      'score_ms',
    ]
    for (const line of found) {
      expect(Object.keys(line).slice(0, 9)).toEqual(names)
      expect(line).toMatchObject({ rows: 300, columns: 2, anomalies: 20, protocol: 'unsupervised', rows_scored: 300 })
      expect(line['roc_auc']).toBeGreaterThan(0.85)
      expect(line['average_precision']).toBeGreaterThan(0.2)
      expect(line['fit_ms']).toBeGreaterThan(0)
      expect(line['score_ms']).toBeGreaterThan(0)
    }
    expect(found[2]).toMatchObject({ roc_auc: found[0]!['roc_auc'] })
  })

  it('prints a table for people', async () => {
    const path = file(fresh(), 'a.csv', csv(cells(), numbers))
    const { code, out, err } = await evaluate(path, '--label', 'label', '--detectors', 'ecod')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^file +detector +rows +columns +anomalies +roc_auc +average_precision +fit_ms +score_ms\n/)
    expect(out).toMatch(/\na\.csv +ecod +300 +2 +20 +0\.[89]\d+ /)
  })

  it.each(['unsupervised', 'novelty', 'supervised', 'time', 'group'])('protocol %s', async (protocol) => {
    const path = file(fresh(), 'a.csv', csv(cells(), ['x', 'y', 'day', 'user', 'label']))
    const columns = ['--time', 'day', '--group', 'user']
    const [line] = await json(path, '--detectors', 'isolation-forest', '--protocol', protocol, ...columns)
    expect(line).toMatchObject({ protocol, columns: 2, rows: 300, seed: 0 })
    const [fitted, scored] = [line!['rows_fitted'] as number, line!['rows_scored'] as number]
    if (protocol === 'unsupervised') expect([fitted, scored]).toEqual([300, 300])
    else expect(fitted + scored).toBe(300)
    expect(line!['roc_auc']).toBeGreaterThan(0.95)
  })

  it('the seed decides what is drawn', async () => {
    const path = file(fresh(), 'a.csv', csv(cells(), numbers))
    const auc = async (seed: string) =>
      (await json(path, '--detectors', 'isolation-forest', '--rows', '120', '--param', 'trees=3', '--seed', seed))[0]!
    const timeless = ({ roc_auc, average_precision, rows }: Record<string, unknown>) => [
      roc_auc,
      average_precision,
      rows,
    ]
    expect(timeless(await auc('1'))).toEqual(timeless(await auc('1')))
    expect(timeless(await auc('1'))).not.toEqual(timeless(await auc('2')))
    expect((await auc('1'))['rows']).toBe(120)
  })

  it('puts an imputer and an encoder before a detector that needs them, and says so', async () => {
    const rows = cells().map((row, i) => (i % 10 === 0 ? { ...row, y: ['', 'NA', '?'][i % 3]! } : row))
    const path = file(fresh(), 'a.csv', csv(rows, ['x', 'y', 'kind', 'label']))
    const [forest, ecod] = await json(
      path,
      '--detectors',
      'isolation-forest,ecod',
      '--param',
      'isolation-forest.trees=20',
    )
    expect(forest!['prepared_by']).toEqual(expect.arrayContaining(['category-encoder']))
    expect(ecod!['columns']).toBe(3)
    expect(forest!['roc_auc']).toBeGreaterThan(0.9)
    const { out } = await evaluate(path, '--label', 'label', '--detectors', 'isolation-forest')
    expect(out).toContain('after ')
  })

  it('says where a detector is not applicable, by name', async () => {
    const path = file(fresh(), 'a.csv', csv(cells(), numbers))
    const [line] = await json(path, '--detectors', 'rarity')
    expect(line).toMatchObject({ detector: 'rarity', roc_auc: null, not_applicable: expect.stringContaining('"x"') })
    const { out } = await evaluate(path, '--label', 'label', '--detectors', 'rarity')
    expect(out).toContain('not applicable: it reads categories alone')
  })

  it('a column of numbers and texts is one of categories, also where the text comes late', async () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, i) => `${i % 7},${i % 2 === 0 ? '01' : '1'},${i % 9 === 0 ? 1 : 0}`,
    )
    const whole = `a,b,label\n${lines.join('\n')}\n`
    const late = file(fresh(), 'late.csv', `${whole}3,other,0\n`)
    const [line] = await json(late, '--detectors', 'isolation-forest', '--param', 'trees=2')
    expect(line).toMatchObject({ rows: 40_001, prepared_by: ['category-encoder'] })
    const early = file(fresh(), 'early.csv', whole)
    expect((await json(early, '--detectors', 'isolation-forest', '--param', 'trees=2'))[0]).toMatchObject({
      prepared_by: [],
    })
  })

  it('measures on a table of its own: other order of columns, other categories', async () => {
    const folder = fresh()
    const train = file(folder, 'train.csv', csv(cells(), ['x', 'y', 'kind', 'label']))
    const later = cells()
      .slice(0, 150)
      .map((row, i) => (i === 4 ? { ...row, kind: 'purple' } : row))
    const test = file(folder, 'test.csv', csv(later, ['label', 'kind', 'y', 'x'], ';'))
    const [line] = await json(train, '--test', test, '--detectors', 'isolation-forest')
    expect(line).toMatchObject({ protocol: 'test', rows: 150, rows_fitted: 300, rows_scored: 150, columns: 3 })
    expect(line!['roc_auc']).toBeGreaterThan(0.95)
    const both = await evaluate(train, '--test', test, '--label', 'label', '--protocol', 'novelty')
    expect(both).toMatchObject({ code: ExitCode.usage, err: expect.stringContaining('--test says what') })
  })

  it('keeps what is done when it is stopped', async () => {
    const path = file(fresh(), 'a.csv', csv(cells(), numbers))
    const stop = new AbortController()
    stop.abort()
    const { code, err } = await heedful(['evaluate', path, '--label', 'label'], '', stop.signal)
    expect(code).toBe(ExitCode.interrupted)
    expect(err).toContain('Stopped.')
  })
})

describe('what is refused', () => {
  const head = 'x,y,label\n'
  const table = `${head}1,2,0\n3,4,1\n`
  const cases: [name: string, text: string, args: string[], exit: number, said: string[]][] = [
    ['an empty file', '', [], 3, ['input-empty', 'is empty']],
    ['no rows', head, [], 3, ['input-empty', 'has no rows']],
    ['a ragged line', `${table}5,6\n`, [], 3, ['line 4', 'it has 2 fields, but the first line names 3 columns']],
    ['labels that are words', `${head}1,2,normal\n`, [], 3, ['line 2, column "label" is "normal"', '1 (anomaly)']],
    ['labels that are other numbers', `${table}1,2,7\n`, [], 3, ['line 4, column "label" is "7"']],
    ['no anomaly', `${head}1,2,0\n3,4,0\n`, [], 3, ['labels-missing', 'names no anomaly']],
    ['no normal row', `${head}1,2,1\n3,4,1\n`, [], 3, ['labels-missing', 'names no normal row']],
    ['what is not finite', `${table}inf,2,0\n`, [], 3, ['line 4, column "x" is "inf", which is not finite']],
    ['a quote that is never closed', `${table}"1,2,0\n`, [], 3, ['line 4', 'never closed']],
    ['two columns of one name', 'x,x,label\n1,2,0\n', [], 3, ['two columns are called "x"']],
    [
      'a label that is no column',
      table,
      ['--label', 'lable'],
      2,
      ['no column "lable"', 'did you mean --label "label"?'],
    ],
    ['a column named twice', table, ['--group', 'label'], 2, ['named twice']],
    ['no column left', table, ['--without', 'x', '--without', 'y'], 3, ['no column left']],
    ['a detector that is none', table, ['--detectors', 'isolation-forrest'], 2, ['did you mean isolation-forest?']],
    ['a parameter that is none', table, ['--param', 'treees=5'], 2, ['did you mean "trees"?']],
    ['a parameter out of range', table, ['--detectors', 'isolation-forest', '--param', 'trees=0'], 2, ['from 1 to']],
    ['a parameter that is no number', table, ['--param', 'trees=many'], 2, ['"trees" is many']],
    ['a parameter without a value', table, ['--param', 'trees'], 2, ['--param trees=200']],
    ['a detector by its name elsewhere', table, ['--detectors', 'OCSVM'], 2, ['did you mean one-class-svm?']],
    ['a row in the place of names', '1,2,0\n2,2,1\n3,1,0\n', [], 3, ['line of names']],
    ['a preparer that is none', table, ['--prepare', 'robust-scalar'], 2, ['did you mean robust-scaler?']],
    ['a preparer named twice', table, ['--prepare', 'imputer,imputer'], 2, ['imputer twice']],
    ['a parameter of no preparer', table, ['--prepare', 'imputer', '--param', 'imputer.fil=1'], 2, ['imputer has no']],
    ['a preparer that is not there', table, ['--param', 'imputer.strategy=mean'], 2, ['imputer has no parameter']],
    ['a protocol without its column', table, ['--protocol', 'time'], 2, ['--time COLUMN']],
    [
      'a time that is none',
      table.replace('4,1', 'soon,1'),
      ['--protocol', 'time', '--time', 'y'],
      3,
      ['"soon"', 'no time'],
    ],
    ['too few rows', table, ['--protocol', 'supervised'], 3, ['protocol supervised']],
  ]

  it.each(cases)('%s', async (_, text, args, exit, said) => {
    const path = file(fresh(), 'a.csv', text)
    const label = args.includes('--label') ? [] : ['--label', 'label']
    const { code, err } = await evaluate(path, ...label, ...args)
    for (const part of said) expect(err).toContain(part)
    expect(err).not.toContain('internal')
    expect(code).toBe(exit)
  })

  it('one file of several: the others are measured', async () => {
    const folder = fresh()
    const broken = file(folder, 'broken.csv', `${table}5,6\n`)
    const whole = file(folder, 'whole.csv', csv(cells(), numbers))
    const { code, out, err } = await evaluate(broken, whole, '--label', 'label', '--detectors', 'ecod')
    expect(code).toBe(ExitCode.input)
    expect(err).toContain('line 4')
    expect(out).toMatch(/\nwhole\.csv +ecod +300 /)
  })

  it('a gzip file that is cut short', async () => {
    const packed = gzipSync(csv(cells(), numbers))
    const path = file(fresh(), 'a.csv.gz', packed.subarray(0, packed.length - 200))
    const { code, err } = await evaluate(path, '--label', 'label')
    expect(err).toContain('cut short')
    expect(code).toBe(ExitCode.input)
  })
})
