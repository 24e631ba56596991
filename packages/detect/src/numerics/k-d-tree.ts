/**
 * The nearest of points of few columns, by a tree of boxes: Friedman, Bentley and Finkel, "An algorithm for finding best matches
 * in logarithmic expected time", ACM TOMS 1977. Nodes are cut at the median of their widest column.
 */
import { kthSmallest } from './select.ts'

/** Points of a leaf, at most. */
const LEAF = 12

/** Nodes in the order in which they were made; children of node i: `left[i]`, −1 at a leaf, and the one after it. */
class Boxes {
  readonly low: number[] = []
  readonly high: number[] = []
  readonly from: number[] = []
  readonly to: number[] = []
  readonly left: number[] = []
}

export interface PointTree {
  /** Writes the `k` nearest points of the row at `at`, nearest first, and their squared distances. */
  nearest(rows: Float64Array, at: number, points: Int32Array, squares: Float64Array): void
}

class KdTree implements PointTree {
  private readonly width: number
  /** Points in the order of the leaves, and which they are. */
  private readonly data: Float64Array
  private readonly order: Int32Array
  private readonly low: Float64Array
  private readonly high: Float64Array
  private readonly from: Int32Array
  private readonly to: Int32Array
  private readonly left: Int32Array

  constructor(points: Float64Array, width: number) {
    this.width = width
    this.order = Int32Array.from({ length: points.length / width }, (_, i) => i)
    const boxes = new Boxes()
    this.divide(points, this.add(points, boxes, 0, this.order.length), boxes)
    this.low = Float64Array.from(boxes.low)
    this.high = Float64Array.from(boxes.high)
    this.from = Int32Array.from(boxes.from)
    this.to = Int32Array.from(boxes.to)
    this.left = Int32Array.from(boxes.left)
    this.data = new Float64Array(points.length)
    for (const [place, i] of this.order.entries())
      this.data.set(points.subarray(i * width, (i + 1) * width), place * width)
  }

  nearest(rows: Float64Array, at: number, points: Int32Array, squares: Float64Array): void {
    squares.fill(Number.POSITIVE_INFINITY)
    points.fill(-1)
    this.visit(0, rows, at, points, squares)
  }

  private add(points: Float64Array, boxes: Boxes, from: number, to: number): number {
    for (let j = 0; j < this.width; j++) {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let place = from; place < to; place++) {
        const value = points[(this.order[place] as number) * this.width + j] as number
        if (value < least) least = value
        if (value > most) most = value
      }
      boxes.low.push(least)
      boxes.high.push(most)
    }
    boxes.from.push(from)
    boxes.to.push(to)
    boxes.left.push(-1)
    return boxes.from.length - 1
  }

  private divide(points: Float64Array, node: number, boxes: Boxes): void {
    const [from, to] = [boxes.from[node] as number, boxes.to[node] as number]
    const column = this.widest(node, boxes)
    if (to - from <= LEAF || column < 0) return
    const middle = this.split(points, from, to, column)
    const left = this.add(points, boxes, from, middle)
    this.add(points, boxes, middle, to)
    boxes.left[node] = left
    this.divide(points, left, boxes)
    this.divide(points, left + 1, boxes)
  }

  /** −1 where all points are equal. */
  private widest(node: number, boxes: Boxes): number {
    let [column, range] = [-1, 0]
    for (let j = 0; j < this.width; j++) {
      const own = (boxes.high[node * this.width + j] as number) - (boxes.low[node * this.width + j] as number)
      if (own > range) [column, range] = [j, own]
    }
    return column
  }

  /** Puts the points up to the median first, or, where the median is the largest value, those below it; both in their order. */
  private split(points: Float64Array, from: number, to: number, column: number): number {
    const own = this.order.slice(from, to)
    const values = Float64Array.from(own, (i) => points[i * this.width + column] as number)
    const median = kthSmallest(values.slice(), (values.length - 1) >> 1)
    const top = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    const first = (value: number) => (median < top ? value <= median : value < median)
    const parts = [own.filter((_, i) => first(values[i] as number)), own.filter((_, i) => !first(values[i] as number))]
    this.order.set(parts[0] as Int32Array, from)
    this.order.set(parts[1] as Int32Array, from + (parts[0] as Int32Array).length)
    return from + (parts[0] as Int32Array).length
  }

  /** Squared distance of a row from a box. */
  private outside(node: number, rows: Float64Array, at: number): number {
    let sum = 0
    for (let j = 0, box = node * this.width; j < this.width; j++, box++) {
      const value = rows[at + j] as number
      const away = Math.max((this.low[box] as number) - value, 0, value - (this.high[box] as number))
      sum += away * away
    }
    return sum
  }

  private visit(node: number, rows: Float64Array, at: number, points: Int32Array, squares: Float64Array): void {
    const left = this.left[node] as number
    if (left < 0) {
      this.offer(node, rows, at, points, squares)
      return
    }
    const [a, b] = [this.outside(left, rows, at), this.outside(left + 1, rows, at)]
    const [near, far] = a <= b ? [left, left + 1] : [left + 1, left]
    const last = squares.length - 1
    if (Math.min(a, b) < (squares[last] as number)) this.visit(near, rows, at, points, squares)
    if (Math.max(a, b) < (squares[last] as number)) this.visit(far, rows, at, points, squares)
  }

  /** Enters the points of a leaf that are nearer than the last of the list. */
  private offer(node: number, rows: Float64Array, at: number, points: Int32Array, squares: Float64Array): void {
    const { width, data, order } = this
    const last = squares.length - 1
    for (let place = this.from[node] as number; place < (this.to[node] as number); place++) {
      let square = 0
      for (let j = 0, point = place * width; j < width; j++, point++) {
        const away = (rows[at + j] as number) - (data[point] as number)
        square += away * away
      }
      if (square >= (squares[last] as number)) continue
      let slot = last
      for (; slot > 0 && (squares[slot - 1] as number) > square; slot--) {
        squares[slot] = squares[slot - 1] as number
        points[slot] = points[slot - 1] as number
      }
      squares[slot] = square
      points[slot] = order[place] as number
    }
  }
}

/** `points`: row-major, `width` columns; there are at least as many as will be asked for. */
export function openPointTree(points: Float64Array, width: number): PointTree {
  return new KdTree(points, width)
}
