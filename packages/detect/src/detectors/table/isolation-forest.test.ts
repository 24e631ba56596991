import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows, type Rows } from '../../contracts/rows.ts'
import { averagePathLengths } from '../../numerics/average-path.ts'
import { type Forest, sumPathsSlow } from '../../numerics/kernels/forest-slow.ts'
import { isolationForest } from './isolation-forest.ts'

type State = Forest & { subSample: number; width: number }

function normals(seed: string, count: number, width: number): Rows {
  const random = createRandom(seed)
  const names = Array.from({ length: width }, (_, j) => `x${j}`)
  return numberRows(
    names,
    Float64Array.from({ length: count * width }, () => random.normal()),
  )
}

const row = (...values: number[]) =>
  numberRows(
    values.map((_, j) => `x${j}`),
    Float64Array.from(values),
  )
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
const cloud = normals('cloud', 2000, 2)
const model = isolationForest.fitNow(cloud)
const stateOf = (fitted = model) => fitted.save().state as State

describe('trap: c(n) with an approximated harmonic number', () => {
  it('is the mean depth of a leaf in a random binary tree of n leaves, by its recurrence', () => {
    const lengths = averagePathLengths(300)
    const byHand = [0, 0]
    for (let n = 2; n <= 300; n++) {
      let sum = 0
      for (let k = 1; k < n; k++) sum += (k / n) * byHand[k]!
      byHand[n] = 1 + (2 / (n - 1)) * sum
      expect(lengths[n]).toBeCloseTo(byHand[n]!, 10)
    }
    expect(Array.from(lengths.slice(0, 4))).toEqual([0, 0, 1, 2 * 1.5 - 4 / 3])
  })
})

describe('trap: no sub-sampling', () => {
  it('each tree sees ψ rows, its own', () => {
    const { subSample, roots, column } = stateOf()
    expect(subSample).toBe(256)
    expect(roots.length).toBe(100)
    for (const [tree, root] of roots.entries()) {
      const size = (roots[tree + 1] ?? column.length) - root
      expect(size).toBeLessThanOrEqual(511)
    }
    expect(new Set(Array.from(roots, (root) => stateOf().threshold[root])).size).toBe(100)
  })

  it('fewer rows than ψ are all taken', () => {
    expect(stateOf(isolationForest.fitNow(normals('few', 10, 2))).subSample).toBe(10)
  })
})

describe('trap: normalised by c(batch size) instead of c(ψ)', () => {
  it('a row scores the same alone and in any batch', () => {
    const alone = model.score(row(1.5, -0.5))[0]
    const many = numberRows(['x0', 'x1'], Float64Array.from([...cloud.data, 1.5, -0.5]))
    expect(model.score(many)[2000]).toBe(alone)
  })

  it('the score is equation 2 over the sub-sample', () => {
    const average = averagePathLengths(256)[256]!
    const sum = sumPathsSlow(stateOf(), Float64Array.of(1.5, -0.5), 2)[0]!
    expect(model.score(row(1.5, -0.5))[0]).toBeCloseTo(2 ** (-sum / 100 / average), 12)
  })
})

describe('trap: the sign', () => {
  it('higher is stranger', () => {
    const [near, far, farther] = model.score(numberRows(['x0', 'x1'], Float64Array.of(0, 0, 3, 3, 8, -8)))
    expect(far).toBeGreaterThan(near!)
    expect(farther).toBeGreaterThan(far!)
    expect(near).toBeLessThan(0.5)
    expect(farther).toBeGreaterThan(0.6)
  })
})

describe('trap: scores are capped before anything is compared', () => {
  it('no two different paths score the same, however strange', () => {
    const average = averagePathLengths(256)[256]!
    const scores = model.score(cloud)
    const sums = sumPathsSlow(stateOf(), cloud.data, 2)
    const bySum = Array.from(sums.keys()).sort((a, b) => sums[a]! - sums[b]!)
    for (let i = 1; i < bySum.length; i++) {
      const [before, after] = [bySum[i - 1]!, bySum[i]!]
      if (sums[after]! - sums[before]! > 1e-9) expect(scores[before]).toBeGreaterThan(scores[after]!)
    }
    const alone = isolationForest.fitNow(
      numberRows(
        ['x0'],
        Float64Array.from({ length: 256 }, (_, i) => (i === 0 ? 1e9 : i)),
      ),
    )
    const strangest = alone.score(row(1e9))[0]!
    expect(strangest).toBeCloseTo(2 ** (-1 / average), 2)
    expect(strangest).toBeLessThan(1)
  })
})

describe('trap: unseeded', () => {
  it('the seed decides every tree, and trees of a larger forest are those of a smaller one', () => {
    const small = stateOf(isolationForest.fitNow(cloud, { seed: 5, params: { trees: 10 } }))
    const large = stateOf(isolationForest.fitNow(cloud, { seed: 5, params: { trees: 20 } }))
    expect(large.threshold.slice(0, small.threshold.length)).toEqual(small.threshold)
    const other = stateOf(isolationForest.fitNow(cloud, { seed: 6, params: { trees: 10 } }))
    expect(other.threshold.slice(0, 100)).not.toEqual(small.threshold.slice(0, 100))
  })
})

describe('rows that cannot be split', () => {
  it('all equal: every row is as deep as the average', () => {
    const equal = isolationForest.fitNow(numberRows(['x0', 'x1'], new Float64Array(200).fill(3)))
    expect(equal.score(row(3, 3))[0]).toBeCloseTo(0.5, 12)
    expect(equal.score(row(9, 9))[0]).toBeCloseTo(0.5, 12)
  })

  it('constant columns are never split on, and duplicates end in one leaf', () => {
    const random = createRandom('constant')
    const data = Float64Array.from({ length: 900 }, (_, i) => (i % 3 === 1 ? 7 : random.integer(2)))
    const { column, left, roots } = stateOf(isolationForest.fitNow(numberRows(['x0', 'x1', 'x2'], data)))
    for (const [node, splitOn] of column.entries()) if (left[node] !== node) expect(splitOn).not.toBe(1)
    expect(column.length).toBe(roots.length * 7)
  })

  it('values at the ends of the number range', () => {
    const data = Float64Array.of(-1.7e308, 1.7e308, 0, 5e-324, -5e-324, 1, 1 + 2 ** -52, 1)
    const extreme = isolationForest.fitNow(numberRows(['x0'], data))
    expect(extreme.score(numberRows(['x0'], data)).every((score) => score > 0 && score < 1)).toBe(true)
    expect(stateOf(extreme).threshold.some(Number.isNaN)).toBe(false)
  })
})

describe('options', () => {
  it('columnShare: each tree splits on its own share of the columns, and all are used by some', () => {
    const wide = isolationForest.fitNow(normals('wide', 500, 10), { params: { columnShare: 0.3 } })
    const { roots, column, left } = stateOf(wide)
    const all = new Set<number>()
    for (const [tree, root] of roots.entries()) {
      const used = new Set<number>()
      for (let node = root; node < (roots[tree + 1] ?? column.length); node++)
        if (left[node] !== node) used.add(column[node]!)
      expect(used.size).toBe(3)
      for (const splitOn of used) all.add(splitOn)
    }
    expect(all.size).toBe(10)
  })

  it('weights: rows of weight 0 teach nothing; heavier rows are seen more often', () => {
    const data = Float64Array.from({ length: 1000 }, (_, i) => (i < 500 ? i / 500 : 100 + i / 500))
    const rows = numberRows(['x0'], data)
    const weights = Float64Array.from(data, (value) => (value < 50 ? 1 : 0))
    const without = stateOf(isolationForest.fitNow(rows, { lesson: { weights } }))
    const thresholds = Array.from(without.threshold).filter(Number.isFinite)
    expect(Math.max(...thresholds)).toBeLessThan(1)
    const few = isolationForest.fitNow(rows, { lesson: { weights: weights.map((weight) => weight || 0.005) } })
    const even = isolationForest.fitNow(rows)
    expect(few.score(row(101))[0]).toBeGreaterThan(even.score(row(101))[0]! + 0.1)
    expect(() =>
      isolationForest.fitNow(rows, { lesson: { weights: weights.map((_, i) => (i === 0 ? 1 : 0)) } }),
    ).toThrow(/weight above 0/)
  })

  it('a forest larger than the memory it is given is refused before it grows', () => {
    expect(() => isolationForest.fitNow(cloud, { job: { memoryBytes: 1000 } })).toThrow(/take fewer trees/)
  })
})

describe('explanation', () => {
  it('weights sum to what the path is shorter than expected, by columns', () => {
    const { path, roots } = stateOf()
    const average = averagePathLengths(256)[256]!
    const expected = mean(Float64Array.from(roots, (root) => path[root]!))
    const weights = model.explain(cloud)
    const paths = sumPathsSlow(stateOf(), cloud.data, 2)
    for (let i = 0; i < 50; i++) {
      const sum = weights[2 * i]! + weights[2 * i + 1]!
      expect(sum).toBeCloseTo((expected - paths[i]! / 100) / average, 10)
    }
  })

  it('names the column in which a row is strange', () => {
    const wide = isolationForest.fitNow(normals('explain', 2000, 6))
    for (let j = 0; j < 6; j++) {
      const weights = wide.explain(row(...Array.from({ length: 6 }, (_, k) => (k === j ? 7 : 0))))
      expect(weights.indexOf(Math.max(...weights))).toBe(j)
    }
  })
})
