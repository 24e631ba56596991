import { expect, it } from 'vitest'
import { clonePlain, type Plain } from '../contracts/plain.ts'
import { createRandom } from '../contracts/random.ts'
import { numberRows } from '../contracts/rows.ts'
import { extendedIsolationForest } from '../detectors/table/extended-isolation-forest.ts'
import { gradientBoosting } from '../detectors/table/gradient-boosting.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { randomForest } from '../detectors/table/random-forest.ts'
import { sciforest } from '../detectors/table/sciforest.ts'

const random = createRandom('check-trees')
const rows = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 400 }, () => random.normal()),
)
const labels = Float64Array.from({ length: 200 }, (_, row) => Number((rows.data[2 * row] as number) > 1))
const forests = [isolationForest, extendedIsolationForest, sciforest, gradientBoosting, randomForest]

/** The first list of children that stands somewhere in a saved state. */
function childrenIn(value: Plain): Int32Array | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if ((name === 'left' || name === 'child') && inner instanceof Int32Array && inner.length < 100_000) {
      if (name === 'child' || !('child' in value)) return inner
    }
    const found = childrenIn(inner as Plain)
    if (found) return found
  }
  return undefined
}

it.each(forests.map((forest) => [forest.id, forest] as const))(
  '%s refuses trees in which a walk would not end',
  (_, forest) => {
    const saved = forest.fitNow(rows, { lesson: { labels } }).save()
    for (const bad of [0, -2, 2 ** 30]) {
      const spoiled = clonePlain(saved as unknown as Plain)
      const children = childrenIn(spoiled) as Int32Array
      const inner = children.findIndex((child, node) => node > 0 && child > node)
      children[inner] = bad
      expect(() => forest.load(spoiled)).toThrow(/cannot be read \(node \d+ leads to node/)
    }
  },
)
