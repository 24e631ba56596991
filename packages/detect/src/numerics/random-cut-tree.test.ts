import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { type CutTree, startTree, takePoint } from './random-cut-tree.ts'

/** Throws where parents, masses, boxes or cuts of a tree do not hold together; answers the points below. */
function check(tree: CutTree, node: number, parent: number, width: number): number[][] {
  expect(tree.parent[node]).toBe(parent)
  const box = (from: Float64Array) => [...from.subarray(node * width, (node + 1) * width)]
  const leaf = (tree.column[node] as number) < 0
  const points = leaf
    ? Array.from({ length: tree.mass[node] as number }, () => box(tree.low))
    : [tree.left[node] as number, tree.right[node] as number].flatMap((child, side) => {
        const below = check(tree, child, node, width)
        const column = tree.column[node] as number
        for (const point of below) expect((point[column] as number) > (tree.cut[node] as number)).toBe(side === 1)
        return below
      })
  expect(points).toHaveLength(tree.mass[node] as number)
  for (let j = 0; j < width; j++) {
    expect(box(tree.low)[j]).toBe(Math.min(...points.map((point) => point[j] as number)))
    expect(box(tree.high)[j]).toBe(Math.max(...points.map((point) => point[j] as number)))
  }
  return points
}

it.each([
  [2, 1],
  [7, 2],
  [32, 3],
])('a tree of %i points of %i columns holds together while points come and go, equal ones too', (capacity, width) => {
  const random = createRandom(`cut ${capacity}`)
  const tree = startTree(capacity, width)
  for (let i = 0; i < 400; i++) {
    const point = Float64Array.from({ length: width }, () => (i % 2 === 0 ? random.integer(3) : random.normal()))
    takePoint(tree, point, random)
    const held = check(tree, tree.root, -1, width).map(String).sort()
    const points = Array.from({ length: tree.held }, (_, p) => [...tree.points.subarray(p * width, (p + 1) * width)])
    expect(held).toEqual(points.map(String).sort())
    expect(tree.held).toBe(Math.min(capacity, i + 1))
  }
})
