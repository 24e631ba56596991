import { expect, test } from 'vitest'
import { categoryRows } from '../../contracts/category-rows.ts'
import { decode, encode } from '../../contracts/codec.ts'
import { createRandom } from '../../contracts/random.ts'
import { pickRows, type Rows } from '../../contracts/rows.ts'
import { rocAuc } from '../../metrics/roc-auc.ts'
import { rarity } from './rarity.ts'

const DAY = 86_400_000

interface Seen {
  who?: number
  day?: number
  values: (string | null)[]
}

function rowsOf(names: string[], seen: Seen[]): Rows {
  const rows = categoryRows(
    names,
    seen.map(({ values }) => values),
  )
  const group = seen[0]?.who === undefined ? {} : { group: Int32Array.from(seen, ({ who }) => who!) }
  const time = seen[0]?.day === undefined ? {} : { time: Float64Array.from(seen, ({ day }) => day! * DAY) }
  return { ...rows, ...group, ...time }
}

/** People with a country of their own, every tenth travels; columns country, department. */
function organisation(people: number, eventsOfOne: number): Seen[] {
  const countries = ['SE', 'SE', 'SE', 'NO', 'DK']
  const seen: Seen[] = []
  for (let event = 0; event < eventsOfOne; event++) {
    for (let who = 0; who < people; who++) {
      const home = countries[who % countries.length]!
      const away = who % 10 === 0 && event % 10 < 3
      seen.push({ who, values: [away ? 'DE' : home, who % 5 < 3 ? 'sales' : 'ops'] })
    }
  }
  return seen
}

const ask = (who: number, country: string, department = 'sales'): Rows =>
  rowsOf(['country', 'department'], [{ who, values: [country, department] }])
const score = (model: { score(rows: Rows): Float64Array }, rows: Rows) => model.score(rows)[0]!

test('own habit first, then the others: usual < rare < new but common < new and rare < new to everyone', () => {
  const model = rarity.fitNow(rowsOf(['country', 'department'], organisation(100, 40)))
  const scores = ['SE', 'DE'].map((country) => score(model, ask(0, country)))
  expect(scores[0]).toBe(0)
  const usual = score(model, ask(1, 'SE'))
  const newButCommon = score(model, ask(3, 'SE', 'ops'))
  const newAndRare = score(model, ask(1, 'DE'))
  const newToAll = score(model, ask(1, 'KP'))
  expect([usual, scores[1]!, newButCommon, newAndRare, newToAll]).toEqual(
    [usual, scores[1]!, newButCommon, newAndRare, newToAll].sort((a, b) => a - b),
  )
  expect(newToAll).toBeGreaterThan(newAndRare + 1)
})

test('someone never seen is judged by the others alone', () => {
  const model = rarity.fitNow(rowsOf(['country', 'department'], organisation(100, 40)))
  expect(score(model, ask(999, 'SE'))).toBe(0)
  expect(score(model, ask(999, 'KP'))).toBeGreaterThan(3)
  expect(score(model, ask(999, 'KP'))).toBeLessThan(score(model, ask(1, 'KP')))
})

test('no score drifts with the number of rows or of people', () => {
  const fit = (people: number, events: number, evidence: number) =>
    rarity.fitNow(rowsOf(['country', 'department'], organisation(people, events)), { params: { evidence } })
  const questions = [ask(1, 'SE'), ask(1, 'NO'), ask(1, 'KP'), ask(0, 'DE'), ask(999_999, 'DK')]
  const scoresOf = (people: number, events: number, evidence: number) => {
    const model = fit(people, events, evidence)
    return questions.map((rows) => score(model, rows))
  }
  const small = scoresOf(100, 60, 50)
  for (const [people, events] of [
    [100, 600],
    [1000, 60],
  ] as const) {
    const grown = scoresOf(people, events, 50)
    for (let i = 0; i < small.length; i++) expect(grown[i]).toBeCloseTo(small[i]!, 9)
  }
  // The twin that weighs all it has seen drifts: more of everything makes a novelty stranger.
  expect(scoresOf(1000, 600, 1e9)[2]!).toBeGreaterThan(scoresOf(100, 60, 1e9)[2]! + 3)
})

test('peers are asked before everyone', () => {
  const seen: Seen[] = []
  for (let event = 0; event < 30; event++) {
    for (let who = 0; who < 60; who++) {
      const tool = who === 7 ? 'excel' : who < 30 ? 'compiler' : 'excel'
      seen.push({ who, values: [tool, who < 30 ? 'engineering' : 'finance'] })
    }
  }
  const rows = rowsOf(['tool', 'department'], seen)
  const question = (who: number, tool: string, department: string) =>
    rowsOf(['tool', 'department'], [{ who, values: [tool, department] }])
  const model = rarity.fitNow(rows, { params: { peers: 2 } })
  // New to somebody in engineering: the compiler is what peers use, the spreadsheet is not, though as common in all.
  expect(score(model, question(7, 'compiler', 'engineering'))).toBeLessThan(
    score(model, question(3, 'excel', 'engineering')),
  )
  expect(model.explain(question(3, 'excel', 'engineering'))[1]).toBe(0)
  expect(() => rarity.fitNow(rows, { params: { peers: 3 } })).toThrow('there are 2 columns')
})

test('someone who changes departments takes their holdings with them', () => {
  const rows = rowsOf(
    ['tool', 'department'],
    [
      { who: 1, values: ['compiler', 'engineering'] },
      { who: 1, values: ['compiler', 'finance'] },
      { who: 2, values: ['excel', 'finance'] },
    ],
  )
  const model = rarity.fitNow(rows, { params: { peers: 2 } })
  const newcomer = (department: string) =>
    score(model, rowsOf(['tool', 'department'], [{ who: 9, values: ['compiler', department] }]))
  const alone = rarity.fitNow(pickRows(rows, [1, 2]), { params: { peers: 2 } })
  expect(newcomer('finance')).toBeCloseTo(
    score(alone, rowsOf(['tool', 'department'], [{ who: 9, values: ['compiler', 'finance'] }])),
    12,
  )
})

test('habits fade: what was usual long ago is rarer than what is usual now', () => {
  const seen: Seen[] = []
  for (let day = 0; day < 400; day++) seen.push({ who: 1, day, values: [day < 200 ? 'old' : 'new'] })
  const model = rarity.fitNow(rowsOf(['phone'], seen), { params: { halfLife: 30 } })
  const at = (value: string) => score(model, rowsOf(['phone'], [{ who: 1, day: 400, values: [value] }]))
  const unfading = rarity.fitNow(
    rowsOf(
      ['phone'],
      seen.map(({ who, values }) => ({ who: who!, values })),
    ),
  )
  expect(at('new')).toBe(0)
  expect(at('old')).toBeGreaterThan(2)
  expect(score(unfading, rowsOf(['phone'], [{ who: 1, values: ['old'] }]))).toBe(0)
  // After years away the habit says little: anything is less strange than it was.
  const later = (value: string, day: number) => score(model, rowsOf(['phone'], [{ who: 1, day, values: [value] }]))
  expect(later('third', 1000)).toBeLessThan(later('third', 400))
})

test('finds what was planted, and its column', () => {
  const random = createRandom('planted')
  const seen: Seen[] = []
  const labels: number[] = []
  for (let i = 0; i < 3000; i++) {
    const who = i % 50
    const odd = i > 1500 && random.next() < 0.02
    labels.push(odd ? 1 : 0)
    seen.push({ who, values: [`host${odd ? random.integer(50) : who}`, random.next() < 0.9 ? 'key' : 'password'] })
  }
  const rows = rowsOf(['host', 'method'], seen)
  const model = rarity.fitNow(
    pickRows(
      rows,
      Int32Array.from({ length: 1500 }, (_, i) => i),
    ),
  )
  const later = Int32Array.from({ length: 1500 }, (_, i) => 1500 + i)
  const asked = pickRows(rows, later)
  expect(rocAuc(model.score(asked), labels.slice(1500))).toBeGreaterThan(0.97)
  const weights = model.explain(asked)
  for (let row = 0; row < asked.count; row++) {
    if (labels[1500 + row] !== 1 || seen[1500 + row]!.values[0] === `host${(1500 + row) % 50}`) continue
    expect(weights[row * 2]!).toBeGreaterThan(weights[row * 2 + 1]!)
  }
})

test('unseen and missing values have answers; missing is a value like any other', () => {
  const rows = rowsOf(
    ['agent'],
    [...Array(30)].map((_, i) => ({ values: [i % 3 === 0 ? null : 'curl'] })),
  )
  const model = rarity.fitNow(rows)
  const scores = model.score(rowsOf(['agent'], [{ values: ['curl'] }, { values: [null] }, { values: ['wget'] }]))
  expect(scores[0]).toBe(0)
  expect(scores[1]).toBeGreaterThan(0.5)
  expect(scores[2]).toBeGreaterThan(scores[1]! + 1)
})

test('who often does something without a name is less surprising doing it again', () => {
  const model = rarity.fitNow(
    rowsOf(
      ['agent'],
      [...Array(30)].map(() => ({ who: 1, values: ['curl'] })),
    ),
  )
  const unseen = rowsOf(['agent'], [{ who: 1, values: ['wget'] }])
  const before = score(model, unseen)
  for (let i = 0; i < 10; i++) model.learn(unseen)
  expect(score(model, unseen)).toBeLessThan(before - 1)
})

test('memory is bounded: values, and groups of which the least recently taught goes first', () => {
  const seen = Array.from({ length: 500 }, (_, i) => ({ who: i % 100, values: [`value${i}`] }))
  const model = rarity.fitNow(rowsOf(['x'], seen), { params: { groups: 10, values: 3 } })
  const { groups, everyone } = model.save().state as unknown as {
    groups: { ids: Int32Array; tables: { values: Int32Array }[][] }
    everyone: { total: number; values: Int32Array }[]
  }
  expect([...groups.ids]).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
  for (const [table] of groups.tables) expect(table!.values.length).toBeLessThanOrEqual(3)
  expect(everyone[0]!.total).toBe(groups.tables.reduce((sum, [table]) => sum + table!.values.length, 0))
})

test('saved and loaded it scores the same and goes on learning the same', () => {
  const rows = rowsOf(['country', 'department'], organisation(20, 30))
  const cut = Int32Array.from({ length: 300 }, (_, i) => i)
  const rest = pickRows(
    rows,
    Int32Array.from({ length: 300 }, (_, i) => 300 + i),
  )
  const model = rarity.fitNow(pickRows(rows, cut), { params: { peers: 2 } })
  const loaded = rarity.load(decode(encode(model.save() as never)))
  expect(loaded.follow(rest)).toEqual(model.follow(rest))
  expect(loaded.save()).toEqual(model.save())
})
