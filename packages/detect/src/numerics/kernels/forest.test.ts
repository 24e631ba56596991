import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../contracts/random.ts'
import { forestWasm } from './forest.gen.ts'
import { openForest } from './forest.ts'
import { type Forest, sumPathsSlow } from './forest-slow.ts'
import { openKernel } from './kernel.ts'

/** Values that meet thresholds exactly, and those that compare oddly. */
const EDGES = [0, -0, 0.5, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1.7e308]

function value(random: Random): number {
  return random.integer(3) === 0 ? (EDGES[random.integer(EDGES.length)] as number) : random.normal()
}

/** A forest of random shape: leaves at every depth, also trees that are one leaf. */
function randomForest(random: Random, trees: number, height: number, width: number): Forest {
  const nodes: { column: number; threshold: number; left: number; path: number }[] = []
  const grow = (node: number, depth: number) => {
    if (depth === height || random.integer(4) === 0) {
      nodes[node] = { column: 0, threshold: Number.POSITIVE_INFINITY, left: node, path: depth + random.next() }
      return
    }
    const left = nodes.length
    nodes.push(nodes[node]!, nodes[node]!)
    const threshold = random.integer(2) === 0 ? 0.5 : random.normal()
    nodes[node] = { column: random.integer(width), threshold, left, path: Number.NaN }
    grow(left, depth + 1)
    grow(left + 1, depth + 1)
  }
  const roots = Int32Array.from({ length: trees }, () => {
    const root = nodes.length
    nodes.push({ column: 0, threshold: 0, left: 0, path: 0 })
    grow(root, 0)
    return root
  })
  return {
    ...{ roots, height },
    column: Int32Array.from(nodes, ({ column }) => column),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
    left: Int32Array.from(nodes, ({ left }) => left),
    path: Float64Array.from(nodes, ({ path }) => path),
  }
}

describe('the forest kernel', () => {
  it.each([
    [1, 0, 1],
    [1, 3, 1],
    [3, 8, 2],
    [4, 5, 20],
    [7, 10, 3],
    [101, 8, 21],
  ])(
    '%i trees of height %i over %i columns: equal to the slow twin, to the bit, at every count of rows',
    (trees, height, width) => {
      const random = createRandom('kernel')
      const forest = randomForest(random, trees, height, width)
      const kernel = openForest(forest, width)
      let rows = 0
      for (const count of [0, 1, 2, 3, 4, 5, 63, 64, 65, 130, 1000]) {
        const data = Float64Array.from({ length: count * width }, () => value(random))
        const kept = data.slice()
        expect(kernel.sumPaths(data)).toEqual(sumPathsSlow(forest, data, width))
        expect(data).toEqual(kept)
        rows += count
        expect(kernel.rowsWalked()).toBe(rows)
      }
    },
  )

  it('takes batches that are larger than its memory, in blocks', () => {
    const random = createRandom('blocks')
    const forest = randomForest(random, 5, 6, 3)
    const data = Float64Array.from({ length: 3 * 100_001 }, () => random.normal())
    expect(openForest(forest, 3).sumPaths(data)).toEqual(sumPathsSlow(forest, data, 3))
  })

  it('models do not share memory', () => {
    const random = createRandom('apart')
    const forests = [randomForest(random, 3, 5, 2), randomForest(random, 50, 9, 2), randomForest(random, 1, 1, 2)]
    const kernels = forests.map((forest) => openForest(forest, 2))
    const data = Float64Array.from({ length: 200 }, () => random.normal())
    for (let round = 0; round < 3; round++) {
      for (const [i, kernel] of kernels.entries())
        expect(kernel.sumPaths(data)).toEqual(sumPathsSlow(forests[i]!, data, 2))
    }
  })

  it('a row wider than a block still goes through', () => {
    const random = createRandom('wide')
    const forest = randomForest(random, 3, 4, 40_000)
    const data = Float64Array.from({ length: 5 * 40_000 }, () => random.normal())
    expect(openForest(forest, 40_000).sumPaths(data)).toEqual(sumPathsSlow(forest, data, 40_000))
  })
})

describe('kernels', () => {
  it('a view taken before memory grows is empty afterwards, a view taken after is not', () => {
    const kernel = openKernel(forestWasm)
    const before = new Float64Array(kernel.buffer())
    kernel.reserve(1_000_000)
    expect(before.length).toBe(0)
    expect(kernel.buffer().byteLength).toBeGreaterThanOrEqual(1_000_000)
  })

  it('bytes that are no kernel are refused with the way out', () => {
    expect(() => openKernel(btoa('no kernel'))).toThrow(/wasm-unsafe-eval/)
  })
})
