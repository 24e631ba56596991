/** Promises about what a model remembers: when it learns, and that asking, saving and moving change nothing. */
import { decode } from '../contracts/codec.ts'
import type { Model } from '../contracts/model.ts'
import type { Plain } from '../contracts/plain.ts'
import { joinRows, pickRows, type Rows, sliceRows } from '../contracts/rows.ts'
import type { Check } from './checks.ts'
import { bytesOf, must, mustBeSame, mustEqual } from './expect.ts'
import type { Trial } from './subject.ts'

const learns = async ({ fit }: Trial): Promise<boolean> => (await fit()).learns

/** Trust that changes from row to row. */
const mixedTrust = (count: number): Float64Array => Float64Array.from({ length: count }, (_, row) => (row % 3) / 2)

const asking: Check = {
  promise: 'Scoring and explaining do not learn.',
  async run({ scenario: { normal, planted }, fit }) {
    const model = await fit()
    const before = bytesOf(model)
    const scores = model.score(normal)
    model.score(planted)
    model.explain(planted)
    mustEqual(model.score(normal), scores, 'scores asked twice')
    mustBeSame(bytesOf(model), before, 'after scoring')
  },
}

const trustZero: Check = {
  promise: 'Rows of trust 0 change no belief.',
  applies: learns,
  async run({ scenario: { normal, planted }, fit }) {
    const model = await fit()
    const [ordinary, strange] = [model.score(normal), model.score(planted)]
    for (let i = 0; i < 5; i++) model.learn(planted, 0)
    mustEqual(model.score(normal), ordinary, 'normal rows after a lesson of trust 0')
    mustEqual(model.score(planted), strange, 'planted rows after a lesson of trust 0')
  },
}

const cuts: Check = {
  promise: 'Following rows equals itself at any cut, and equals asking and teaching row by row.',
  async run({ scenario: { normal, planted }, fit }) {
    const rows = joinRows(planted, normal)
    const trust = mixedTrust(rows.count)
    const [whole, cut, single] = [await fit(), await fit(), await fit()]
    const expected = whole.follow(rows, trust)
    const parts: number[] = []
    for (let from = 0, size = 1; from < rows.count; from += size, size = (size * 5) % 37) {
      const to = Math.min(rows.count, from + size)
      parts.push(...cut.follow(sliceRows(rows, from, to), trust.subarray(from, to)))
    }
    mustEqual(parts, expected, 'scores at other cuts')
    mustBeSame(bytesOf(cut), bytesOf(whole), 'after other cuts')
    const oneByOne = Array.from({ length: rows.count }, (_, row) => {
      const one = pickRows(rows, [row])
      const [score] = single.score(one)
      if (single.learns) single.learn(one, trust[row] as number)
      return score as number
    })
    mustEqual(oneByOne, expected, 'scores asked and taught row by row')
  },
}

const seeded: Check = {
  promise: 'The seed decides everything: the same seed and rows give the same model.',
  async run({ scenario: { normal }, fit }) {
    const first = await fit(7)
    await fit(8)
    const again = await fit(7)
    mustBeSame(bytesOf(again), bytesOf(first), 'fitted twice with one seed')
    mustEqual(again.score(normal), first.score(normal), 'scores of two fits with one seed')
  },
}

function goOn(model: Model, rows: Rows): Float64Array {
  return model.follow(rows, mixedTrust(rows.count))
}

const saved: Check = {
  promise: 'Saved and loaded, or cloned, it scores the same, explains the same and goes on learning the same.',
  async run({ detector, scenario: { normal, planted }, fit }) {
    const model = await fit()
    goOn(model, planted)
    const others = [detector.load(decode(bytesOf(model))), model.clone()]
    const [scores, weights] = [model.score(normal), model.explain(planted)]
    for (const other of others) {
      mustEqual(other.score(normal), scores, 'scores after loading')
      mustEqual(other.explain(planted), weights, 'weights after loading')
      mustBeSame(bytesOf(other), bytesOf(model), 'saved again')
    }
    const expected = goOn(model, normal)
    for (const other of others) {
      mustEqual(goOn(other, normal), expected, 'scores while going on')
      mustBeSame(bytesOf(other), bytesOf(model), 'after going on')
    }
  },
}

/** Every typed array within, overwritten. */
function spoil(value: Plain): void {
  if (typeof value !== 'object' || value === null) return
  if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0x7e)
  else if (value instanceof Map) for (const inner of value.values()) spoil(inner)
  else for (const inner of Object.values(value)) spoil(inner)
}

const owned = (rows: Rows): Rows =>
  pickRows(
    rows,
    Int32Array.from({ length: rows.count }, (_, row) => row),
  )

const whole: Check = {
  promise: 'Arrays that are handed in stay whole, and none is shared: neither training rows nor what was saved.',
  async run({ detector, subject, scenario: { train, lesson = {}, normal, planted }, fit }) {
    const [taught, asked] = [owned(train), owned(normal)]
    const model = await detector.fit(taught, { seed: 1, lesson, ...(subject.params && { params: subject.params }) })
    const reference = await fit(1)
    mustEqual(taught.data, train.data, 'training rows')
    taught.data.fill(1)
    mustEqual(model.score(planted), reference.score(planted), 'scores after the training rows were overwritten')
    spoil(model.save().state)
    mustEqual(model.score(planted), reference.score(planted), 'scores after a saved copy was overwritten')
    model.explain(asked)
    mustEqual(model.follow(asked), reference.follow(normal), 'scores while following')
    mustEqual(asked.data, normal.data, 'rows that were scored, explained and followed')
    asked.data.fill(1)
    spoil(model.save().state)
    mustEqual(
      model.score(planted),
      reference.score(planted),
      'scores after followed rows and a saved copy were overwritten',
    )
  },
}

/** Normal rows of ever new groups, at ever later times. */
function newcomers(normal: Rows, count: number, from: number): Rows {
  const rows = pickRows(
    normal,
    Int32Array.from({ length: count }, (_, i) => i % normal.count),
  )
  const width = rows.columns.length
  const data = rows.data.map((value, i) =>
    rows.columns[i % width]?.type === 'number' ? value + (from + i) * 1e-9 : value,
  )
  return {
    ...rows,
    data,
    time: Float64Array.from(data.subarray(0, count), (_, i) => from + i),
    group: Int32Array.from(data.subarray(0, count), (_, i) => from + i),
  }
}

const bounded: Check = {
  promise: 'Memory is bounded: ever new rows, groups and times do not make it grow without end.',
  applies: learns,
  async run({ scenario: { normal }, fit }) {
    const model = await fit()
    model.follow(newcomers(normal, 1500, 0))
    const early = bytesOf(model).length
    model.follow(newcomers(normal, 3000, 1500))
    const late = bytesOf(model).length
    must(
      late <= early * 1.2 + 256,
      () => `${early} bytes after 1,500 rows, ${late} after 4,500 (a small bound in subject.params helps)`,
    )
  },
}

export const memoryChecks = {
  'scoring-does-not-learn': asking,
  'trust-0-changes-no-belief': trustZero,
  'follow-equals-itself-at-any-cut': cuts,
  'the-seed-decides-everything': seeded,
  'saved-and-loaded-scores-the-same': saved,
  'input-arrays-stay-whole': whole,
  'memory-is-bounded': bounded,
} satisfies { [name: string]: Check }
