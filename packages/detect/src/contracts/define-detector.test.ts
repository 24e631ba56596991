import { describe, expect, it } from 'vitest'
import { decode, encode } from './codec.ts'
import { defineDetector } from './define-detector.ts'
import { type ErrorCode, HeedfulError } from './errors.ts'
import { quietJob } from './job.ts'
import type { Plain } from './plain.ts'
import { createRandom } from './random.ts'
import { numberRows, type Rows } from './rows.ts'
import { runningMeans } from './toys.fixture.ts'

const detector = defineDetector(runningMeans)
const random = createRandom('rows')
const rows = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 60 }, () => random.normal()),
)
const fresh = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 40 }, () => random.normal()),
)

function refusal(run: () => unknown): { code: ErrorCode; message: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof HeedfulError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('columns by name', () => {
  const model = detector.fitNow(rows)

  it('another order and further columns score the same', () => {
    const shuffled: Rows = {
      columns: [{ name: 'more', type: 'category', categories: ['a'] }, ...[...rows.columns].reverse()],
      count: 20,
      data: Float64Array.from({ length: 60 }, (_, i) =>
        i % 3 === 0 ? Number.NaN : fresh.data[Math.floor(i / 3) * 2 + 2 - (i % 3)]!,
      ),
    }
    expect(model.score(shuffled)).toEqual(model.score(fresh))
    expect(model.explain(shuffled)).toEqual(model.explain(fresh))
  })

  it('names what is wrong and the way out', () => {
    const cases: [Rows, ErrorCode, string][] = [
      [numberRows(['x', 'Y2'], fresh.data), 'column-missing', 'did you mean "Y2"?'],
      [numberRows(['x', 'x'], fresh.data), 'column-repeated', 'two columns are called "x"'],
      [{ ...fresh, count: 3 }, 'rows-shape', '3 rows of 2 columns need 6 values'],
      [{ ...fresh, time: new Float64Array(3) }, 'rows-shape', 'time has 3 values for 20 rows'],
      [
        {
          columns: [rows.columns[0]!, { name: 'y', type: 'category', categories: [] }],
          count: 0,
          data: new Float64Array(0),
        },
        'column-type',
        'column "y" is of type category',
      ],
      [numberRows(['x', 'y'], Float64Array.of(1, 2, 3, Number.NaN)), 'value-missing', 'row 1, column "y" is NaN'],
      [numberRows(['y', 'x'], Float64Array.of(1, 2, 3, Number.NaN)), 'value-missing', 'row 1, column "x" is NaN'],
      [
        numberRows(['x', 'y'], Float64Array.of(1, Number.NEGATIVE_INFINITY)),
        'value-not-finite',
        'row 0, column "y" is -Infinity',
      ],
    ]
    for (const [given, code, words] of cases) {
      const { code: found, message } = refusal(() => model.score(given))
      expect(found).toBe(code)
      expect(message).toContain(words)
      expect(message).toContain('running-means')
    }
  })

  it('rows without a row have no scores', () => {
    expect(model.score(numberRows(['x', 'y'], new Float64Array(0)))).toEqual(new Float64Array(0))
  })
})

describe('categories', () => {
  const seen: number[] = []
  const echo = defineDetector({
    ...runningMeans,
    id: 'echo',
    columns: 'category',
    missing: 'accepts',
    fit: () => ({ means: new Float64Array(1), weight: 1, reach: 1 }),
    open: (state) => ({
      score(given) {
        seen.push(...given.data)
        return new Float64Array(given.count)
      },
      save: () => state,
    }),
  })
  const place = (categories: string[], ...data: number[]): Rows => ({
    columns: [{ name: 'place', type: 'category', categories }],
    count: data.length,
    data: Float64Array.from(data),
  })
  const model = echo.fitNow(place(['DE', 'constructor', 'FR'], 0, 1, 2))

  it('are translated into the dictionary of the model; what it does not know is unseen', () => {
    seen.length = 0
    model.score(place(['FR', 'IT', '__proto__', 'constructor'], 0, 1, 2, 3, 4, Number.NaN))
    expect(seen).toEqual([2, 3, 3, 1, 3, Number.NaN])
  })

  it.each([-1, 4, 0.5])('the number %s is refused', (number) => {
    expect(refusal(() => model.score(place(['a', 'b', 'c'], number))).code).toBe('category-invalid')
  })
})

describe('parameters', () => {
  it('unknown names are refused with the nearest known one', () => {
    const { code, message } = refusal(() => detector.fitNow(rows, { params: { raech: 1 } as object }))
    expect(code).toBe('param-unknown')
    expect(message).toContain('did you mean "reach"?')
  })

  it.each([
    [11, 'param-range'],
    [Number.NaN, 'param-type'],
    ['1', 'param-type'],
    [Number.POSITIVE_INFINITY, 'param-range'],
  ])('reach %s is refused with %s', (reach, code) => {
    expect(refusal(() => detector.fitNow(rows, { params: { reach: reach as number } })).code).toBe(code)
  })

  it('defaults fill what was not given', () => {
    expect(detector.fitNow(rows).params).toEqual({ reach: 1 })
  })
})

describe('lessons', () => {
  it('are checked', () => {
    const labels = new Float64Array(30)
    const cases: [object, ErrorCode][] = [
      [{ labels: new Float64Array(3) }, 'lesson-shape'],
      [{ labels: labels.with(4, 0.5) }, 'lesson-value'],
      [{ weights: labels }, 'lesson-value'],
      [{ weights: labels.with(4, -1) }, 'lesson-value'],
      [{ weights: labels.map(() => Number.MAX_VALUE) }, 'lesson-value'],
      [{ labels: new Float64Array(30).fill(1) }, 'rows-too-few'],
    ]
    for (const [lesson, code] of cases) expect(refusal(() => detector.fitNow(rows, { lesson })).code).toBe(code)
  })

  it('a detector that learns from normal rows never sees labelled anomalies', () => {
    const withOutlier = numberRows(['x'], Float64Array.of(1, 2, 3, 1000))
    const model = detector.fitNow(withOutlier, { lesson: { labels: Float64Array.of(0, Number.NaN, 0, 1) } })
    expect(model.score(numberRows(['x'], Float64Array.of(2)))).toEqual(Float64Array.of(0))
  })

  it('a detector that learns from labels asks for them', () => {
    const supervised = defineDetector({ ...runningMeans, learnsFrom: 'labels' })
    expect(refusal(() => supervised.fitNow(rows)).message).toContain('give lesson.labels')
  })

  it('trust is checked', () => {
    const model = detector.fitNow(rows)
    expect(refusal(() => model.learn(fresh, 1.5)).code).toBe('trust-invalid')
    expect(refusal(() => model.learn(fresh, new Float64Array(3))).code).toBe('trust-invalid')
  })
})

describe('follow', () => {
  it('asks, then teaches, row by row', () => {
    const followed = detector.fitNow(rows)
    const byHand = followed.clone()
    const scores = Array.from({ length: 20 }, (_, row) => {
      const one = numberRows(['x', 'y'], fresh.data.slice(row * 2, row * 2 + 2))
      const [score] = byHand.score(one)
      byHand.learn(one, row % 2)
      return score
    })
    expect(
      Array.from(
        followed.follow(
          fresh,
          Float64Array.from({ length: 20 }, (_, row) => row % 2),
        ),
      ),
    ).toEqual(scores)
    expect(followed.save()).toEqual(byHand.save())
  })
})

describe('saving', () => {
  const model = detector.fitNow(rows)
  const saved = () => decode(encode(model.save())) as { [key: string]: Plain }

  it('goes on as if it had never stopped', () => {
    const loaded = detector.load(saved())
    const kept = model.clone()
    expect(loaded.follow(fresh)).toEqual(kept.follow(fresh))
    expect(loaded.save()).toEqual(kept.save())
  })

  it('a clone shares nothing', () => {
    const before = model.score(fresh)
    model.clone().learn(fresh)
    expect(model.score(fresh)).toEqual(before)
  })

  it('reads an older version, and refuses a newer one and one that it cannot bring up', () => {
    const { reach, ...state } = saved()['state'] as { reach: number; [key: string]: Plain }
    expect(reach).toBe(1)
    expect(detector.load({ ...saved(), version: 1, state }).score(fresh)).toEqual(model.score(fresh))
    expect(refusal(() => detector.load({ ...saved(), version: 3 })).code).toBe('model-version')
    const forgetful = defineDetector({ ...runningMeans, upgrade: {} })
    expect(refusal(() => forgetful.load({ ...saved(), version: 1 })).code).toBe('model-version')
  })

  it('refuses what is foreign or damaged', () => {
    const cases: [Plain, ErrorCode][] = [
      [null, 'model-foreign'],
      [{}, 'model-foreign'],
      [[1], 'model-foreign'],
      [{ ...saved(), detector: 'isolation-forest' }, 'model-foreign'],
      [{ ...saved(), columns: [{ name: 1 }] }, 'model-damaged'],
      [{ ...saved(), version: 'x' }, 'model-damaged'],
      [{ ...saved(), ordinary: null }, 'model-damaged'],
      [{ ...saved(), params: { reach: 99 } }, 'param-range'],
    ]
    for (const [given, code] of cases) expect(refusal(() => detector.load(given)).code).toBe(code)
    const touchy = defineDetector({
      ...runningMeans,
      open: (state) => ({ ...runningMeans.open(state), x: state.means.length }),
    })
    expect(refusal(() => touchy.load({ ...saved(), state: null })).code).toBe('model-damaged')
  })

  it('a closed model says so', () => {
    const closed = model.clone()
    closed.close()
    closed.close()
    expect(refusal(() => closed.score(fresh)).code).toBe('model-closed')
  })
})

describe('the default explanation', () => {
  it('says which column weighed how much against what is ordinary', () => {
    const model = detector.fitNow(numberRows(['x', 'y'], Float64Array.of(0, 5, 0, 5, 0, 5)))
    expect(model.explain(numberRows(['y', 'x'], Float64Array.of(5, 7, 9, 0)))).toEqual(Float64Array.of(7, 0, 0, 4))
  })

  it('alters one row at a time where rows depend on those before them', () => {
    const series = defineDetector({
      ...runningMeans,
      id: 'differences',
      kind: 'series',
      open: (state) => ({
        score: ({ data }) => data.map((value, i) => Math.abs(value - (data[i - 1] ?? 0))),
        save: () => state,
      }),
    })
    const model = series.fitNow(numberRows(['x'], Float64Array.of(0, 0, 0)))
    expect(model.explain(numberRows(['x'], Float64Array.of(0, 5, 5)))).toEqual(Float64Array.of(0, 5, -5))
  })
})

describe('fit', () => {
  it('at once, where the algorithm can; later, where it cannot', async () => {
    const slow = defineDetector({ ...runningMeans, fit: async (...given) => runningMeans.fit(...given) })
    expect(refusal(() => slow.fitNow(rows)).code).toBe('fit-takes-time')
    expect((await slow.fit(rows)).score(fresh)).toEqual(detector.fitNow(rows).score(fresh))
  })

  it('is not begun when its job is stopped', async () => {
    await expect(detector.fit(rows, { job: { signal: { aborted: true } } })).rejects.toMatchObject({
      code: 'fit-aborted',
    })
    expect(quietJob().due()).toBe(false)
  })

  it('frozen models refuse to learn, and follow by scoring', () => {
    const frozen = defineDetector({
      ...runningMeans,
      open: (state) => {
        const { learn: _, ...rest } = runningMeans.open(state)
        return rest
      },
    }).fitNow(rows)
    expect(frozen.learns).toBe(false)
    expect(refusal(() => frozen.learn(fresh)).code).toBe('model-frozen')
    expect(frozen.follow(fresh)).toEqual(frozen.score(fresh))
  })

  it('scores that are no numbers do not get out', () => {
    const broken = defineDetector({
      ...runningMeans,
      open: (state) => ({ score: ({ count }) => new Float64Array(count).fill(Number.NaN), save: () => state }),
    })
    expect(refusal(() => broken.fitNow(rows).score(fresh)).code).toBe('score-not-finite')
  })

  it.each([
    { id: 'Not Kebab' },
    { version: 0 },
    { summary: '' },
    { params: { reach: { type: 'int', default: 5, min: 1, max: 3, meaning: 'x' } } },
  ])('a definition with %o is refused', (wrong) => {
    expect(refusal(() => defineDetector({ ...runningMeans, ...(wrong as object) })).code).toBe('detector-invalid')
  })
})

it('what is misspelt beside the rows is refused, and so are rows that are none', () => {
  const fit = (given: unknown, options: object) => () => detector.fitNow(given as Rows, options)
  const rows = numberRows(['x'], Float64Array.of(1, 2, 3))
  expect(fit(rows, { labels: [] })).toThrow(/did you mean lesson.labels/)
  expect(fit(rows, { reach: 1 })).toThrow(/did you mean params.reach/)
  expect(fit(rows, { sede: 1 })).toThrow(/did you mean "seed"/)
  expect(fit(rows, { lesson: { label: new Float64Array(3) } })).toThrow(/lesson.labels, lesson.weights/)
  for (const none of [[[1, 2]], undefined, { columns: [], count: 0, data: [] }])
    expect(fit(none, {})).toThrow(/numberRows\(names, data\)/)
})
