import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { BLOCK, openEnsembleWalk } from './ensemble.ts'
import { sumLeavesSlow, WORDS } from './ensemble-slow.ts'

const random = createRandom('ensemble')

const drawSet = () => Array.from({ length: WORDS }, () => random.integer(4_294_967_296) | 0)

/** The first bins, and perhaps that of the missing. */
function drawCut(): Int32Array {
  const words = new Int32Array(WORDS)
  const last = random.integer(254)
  for (let bin = 0; bin <= last; bin++) words[bin >> 5] = (words[bin >> 5] as number) | (1 << (bin & 31))
  if (random.integer(2) === 1) words[WORDS - 1] = (words[WORDS - 1] as number) | (1 << 31)
  return words
}

/** Trees of random cuts, of sets or of numbers: some deep, some a leaf alone. */
function drawTrees(trees: number, width: number, sets: boolean) {
  const [roots, column, child, value, left]: number[][] = [[], [], [], [], []]
  const add = () => {
    child?.push(-1)
    column?.push(random.integer(width))
    value?.push(random.normal())
    left?.push(...(sets ? drawSet() : drawCut()))
    return (value?.length ?? 0) - 1
  }
  const grow = (node: number, depth: number) => {
    if (depth === 0 || random.integer(4) === 0) return
    const first = add()
    add()
    if (child) child[node] = first
    grow(first, depth - 1)
    grow(first + 1, depth - 1)
  }
  for (let tree = 0; tree < trees; tree++) {
    const root = add()
    roots?.push(root)
    grow(root, tree % 9)
  }
  const whole = (values: number[] | undefined) => Int32Array.from(values ?? [])
  return {
    ...{ roots: whole(roots), column: whole(column), child: whole(child), left: whole(left) },
    value: Float64Array.from(value ?? []),
  }
}

it.each([
  [1, 1, 1, true],
  [5, 3, 10, true],
  [BLOCK, 20, 25, true],
  [1, 1, 1, false],
  [9, 3, 10, false],
  [BLOCK, 20, 25, false],
])(
  'leaves of %i rows of %i columns through %i trees equal the slow twin, to the bit (sets: %s)',
  (count, width, size, sets) => {
    const trees = drawTrees(size, width, sets)
    const walk = openEnsembleWalk(trees, width)
    const bins = Uint8Array.from({ length: count * width }, () => random.integer(256))
    const expected = Float64Array.from({ length: count }, (_, row) => sumLeavesSlow(trees, bins, row * width))
    expect(walk.sum(bins)).toEqual(expected)
    expect(walk.sum(bins)).toEqual(expected)
    if (size > 1) expect(walk.cuts).toBe(!sets)
    expect(walk.rowsTaken()).toBe(2 * count)
  },
)
