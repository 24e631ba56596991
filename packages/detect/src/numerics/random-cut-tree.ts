/**
 * A robust random cut tree of a bounded number of points, which come and go.
 *
 * Guha, Mishra, Roy and Schrijvers, "Robust Random Cut Forest Based Anomaly Detection on Streams", ICML 2016: a column is cut
 * in proportion to its range (definition 1), ForgetPoint (algorithm 1) and InsertPoint (algorithm 2). Equal points are one leaf.
 */
import type { Random } from '../contracts/random.ts'

/** Nodes in flat arrays; node numbers that are not in use stand in `free`. */
export type CutTree = {
  /** The root; −1 while empty. `used`: nodes in `free` that are free. */
  root: number
  freeCount: number
  /** Points held, and the points themselves, `capacity × width`. */
  held: number
  readonly points: Float64Array
  readonly left: Int32Array
  readonly right: Int32Array
  readonly parent: Int32Array
  /** Points below. */
  readonly mass: Int32Array
  /** Column that is cut; −1 at a leaf. Values up to `cut` go left. */
  readonly column: Int32Array
  readonly cut: Float64Array
  /** The box about the points below, `nodes × width` each. */
  readonly low: Float64Array
  readonly high: Float64Array
  readonly free: Int32Array
}

export function startTree(capacity: number, width: number): CutTree {
  const nodes = 2 * capacity - 1
  return {
    ...{ root: -1, freeCount: nodes, held: 0, points: new Float64Array(capacity * width) },
    ...{ left: new Int32Array(nodes), right: new Int32Array(nodes), parent: new Int32Array(nodes) },
    ...{ mass: new Int32Array(nodes), column: new Int32Array(nodes), cut: new Float64Array(nodes) },
    ...{ low: new Float64Array(nodes * width), high: new Float64Array(nodes * width) },
    free: Int32Array.from({ length: nodes }, (_, i) => nodes - 1 - i),
  }
}

export function copyTree(tree: CutTree): CutTree {
  return {
    ...{ root: tree.root, freeCount: tree.freeCount, held: tree.held, points: tree.points.slice() },
    ...{ left: tree.left.slice(), right: tree.right.slice(), parent: tree.parent.slice(), mass: tree.mass.slice() },
    ...{ column: tree.column.slice(), cut: tree.cut.slice(), low: tree.low.slice(), high: tree.high.slice() },
    free: tree.free.slice(),
  }
}

function takeNode(tree: CutTree): number {
  tree.freeCount--
  return tree.free[tree.freeCount] as number
}

function giveNode(tree: CutTree, node: number): void {
  tree.free[tree.freeCount++] = node
}

function addLeaf(tree: CutTree, point: Float64Array): number {
  const node = takeNode(tree)
  tree.left[node] = tree.right[node] = tree.parent[node] = tree.column[node] = -1
  tree.mass[node] = 1
  tree.low.set(point, node * point.length)
  tree.high.set(point, node * point.length)
  return node
}

/** How far the point lies outside the box, and how wide the box is, summed over the columns. */
export function reachOf(tree: CutTree, node: number, point: Float64Array): { outside: number; inside: number } {
  const width = point.length
  let [outside, inside] = [0, 0]
  for (let j = 0, at = node * width; j < width; j++, at++) {
    const [value, low, high] = [point[j] as number, tree.low[at] as number, tree.high[at] as number]
    inside += high - low
    if (value < low) outside += low - value
    else if (value > high) outside += value - high
  }
  return { outside, inside }
}

/** A cut of the box with the point, where it parts the point from the box: definition 1 on the larger box. */
function drawCut(tree: CutTree, node: number, point: Float64Array, random: Random) {
  const width = point.length
  const { outside, inside } = reachOf(tree, node, point)
  if (outside === 0) return undefined
  let left = random.next() * (outside + inside)
  for (let j = 0, at = node * width; j < width; j++, at++) {
    const value = point[j] as number
    const [boxLow, boxHigh] = [tree.low[at] as number, tree.high[at] as number]
    const [low, high] = [Math.min(value, boxLow), Math.max(value, boxHigh)]
    if (left >= high - low && j + 1 < width) {
      left -= high - low
      continue
    }
    const drawn = low + Math.min(left, high - low)
    const cut = drawn < high ? drawn : low
    const parts = value <= cut ? cut < boxLow : cut >= boxHigh
    return parts && low < high ? { column: j, cut } : undefined
  }
  return undefined
}

function replaceChild(tree: CutTree, parent: number, before: number, after: number): void {
  if (parent < 0) tree.root = after
  else if (tree.left[parent] === before) tree.left[parent] = after
  else tree.right[parent] = after
  tree.parent[after] = parent
}

/** Puts a new leaf beside `node`. */
function branch(tree: CutTree, node: number, leaf: number, column: number, cut: number, goesLeft: boolean): void {
  const inner = takeNode(tree)
  replaceChild(tree, tree.parent[node] as number, node, inner)
  tree.column[inner] = column
  tree.cut[inner] = cut
  tree.left[inner] = goesLeft ? leaf : node
  tree.right[inner] = goesLeft ? node : leaf
  tree.parent[node] = tree.parent[leaf] = inner
  refit(tree, inner)
}

/** Mass and box of an inner node, of its children. */
function refit(tree: CutTree, node: number): void {
  const [left, right] = [tree.left[node] as number, tree.right[node] as number]
  const width = tree.low.length / tree.left.length
  tree.mass[node] = (tree.mass[left] as number) + (tree.mass[right] as number)
  for (let j = 0; j < width; j++) {
    tree.low[node * width + j] = Math.min(tree.low[left * width + j] as number, tree.low[right * width + j] as number)
    tree.high[node * width + j] = Math.max(
      tree.high[left * width + j] as number,
      tree.high[right * width + j] as number,
    )
  }
}

function refitUpwards(tree: CutTree, from: number): void {
  for (let node = from; node >= 0; node = tree.parent[node] as number) refit(tree, node)
}

export function childOf(tree: CutTree, node: number, point: Float64Array): number {
  const goesLeft = (point[tree.column[node] as number] as number) <= (tree.cut[node] as number)
  return (goesLeft ? tree.left[node] : tree.right[node]) as number
}

/** Algorithm 2. There is room for it. */
function insertPoint(tree: CutTree, point: Float64Array, random: Random): void {
  if (tree.root < 0) {
    tree.root = addLeaf(tree, point)
    return
  }
  for (let node = tree.root; ; node = childOf(tree, node, point)) {
    const cut = drawCut(tree, node, point, random)
    if (cut) {
      const leaf = addLeaf(tree, point)
      branch(tree, node, leaf, cut.column, cut.cut, (point[cut.column] as number) <= cut.cut)
      refitUpwards(tree, tree.parent[leaf] as number)
      return
    }
    if ((tree.column[node] as number) < 0) {
      tree.mass[node] = (tree.mass[node] as number) + 1
      refitUpwards(tree, tree.parent[node] as number)
      return
    }
  }
}

/** Algorithm 1, of a point that the tree holds. */
function forgetPoint(tree: CutTree, point: Float64Array): void {
  let node = tree.root
  while ((tree.column[node] as number) >= 0) node = childOf(tree, node, point)
  tree.mass[node] = (tree.mass[node] as number) - 1
  const parent = tree.parent[node] as number
  if ((tree.mass[node] as number) > 0) return refitUpwards(tree, parent)
  giveNode(tree, node)
  if (parent < 0) {
    tree.root = -1
    return
  }
  const sibling = (tree.left[parent] === node ? tree.right[parent] : tree.left[parent]) as number
  const above = tree.parent[parent] as number
  replaceChild(tree, above, parent, sibling)
  giveNode(tree, parent)
  refitUpwards(tree, above)
}

/** Takes a point in; a full tree forgets a random one for it. */
export function takePoint(tree: CutTree, point: Float64Array, random: Random): void {
  const width = point.length
  const capacity = tree.points.length / width
  let place = tree.held
  if (place < capacity) tree.held++
  else {
    place = random.integer(capacity)
    forgetPoint(tree, tree.points.slice(place * width, (place + 1) * width))
  }
  tree.points.set(point, place * width)
  insertPoint(tree, point, random)
}
