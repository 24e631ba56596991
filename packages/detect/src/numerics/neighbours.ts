/**
 * The nearest training rows of every row: by blocked distances, which cost the same whatever the columns are, or by a tree
 * where columns are few. Both are exact; among points at one and the same distance they may name different ones.
 *
 * A row that equals a training row exactly (distance 0) leaves one such training row out: a training row is not its own
 * neighbour, as in the scores that PyOD and scikit-learn give training rows, and a row of the same values is judged alike.
 */
import type { Steps } from '../contracts/paced.ts'
import { columnMoments } from './column-moments.ts'
import { openPointTree } from './k-d-tree.ts'
import { openNearest } from './kernels/nearest.ts'
import { standardiseRows } from './standardise-rows.ts'

/** `k` training rows a row, nearest first, equal distances in the order of the rows; row-major. */
export interface Neighbourhood {
  readonly rows: Int32Array
  /** Squared Euclidean distances. */
  readonly squares: Float64Array
}

function squaredDistance(a: Float64Array, atA: number, b: Float64Array, atB: number, width: number): number {
  let sum = 0
  for (let j = 0; j < width; j++) {
    const away = (a[atA + j] as number) - (b[atB + j] as number)
    sum += away * away
  }
  return sum
}

/** Sorts one row's candidates by distance, then row: there are few, and they come almost sorted. */
function sortCandidates(rows: Int32Array, squares: Float64Array): void {
  for (let i = 1; i < rows.length; i++) {
    const [row, square] = [rows[i] as number, squares[i] as number]
    let place = i
    while (place > 0) {
      const before = squares[place - 1] as number
      if (before < square || (before === square && (rows[place - 1] as number) < row)) break
      squares[place] = before
      rows[place] = rows[place - 1] as number
      place--
    }
    squares[place] = square
    rows[place] = row
  }
}

export interface Neighbours {
  /** For every row of `data`, in blocks: its neighbours are those of rows `from … from + count − 1`. */
  each(data: Float64Array, use: (found: Neighbourhood, from: number, count: number) => void): void
}

/** Candidates of one row, in blocks. */
type Search = (asked: Float64Array, use: (candidates: Int32Array, from: number, count: number) => void) => void

/** With as many columns at most a tree is faster: measured among 20,000 rows of 2, 3, 5 and 8 independent normals. */
const FEW_COLUMNS = 5
/** Below this many training rows blocks are as fast. */
const MANY_ROWS = 500

function byBlocks(points: Float64Array, width: number, more: number): Search {
  const nearest = openNearest(points, width, more)
  return (asked, use) => nearest.find(asked, (found, from, count) => use(found.points, from, count))
}

function byTree(points: Float64Array, width: number, more: number): Search {
  const tree = openPointTree(points, width)
  const [candidates, squares] = [new Int32Array(more), new Float64Array(more)]
  return (asked, use) => {
    for (let row = 0; row * width < asked.length; row++) {
      tree.nearest(asked, row * width, candidates, squares)
      use(candidates, row, 1)
    }
  }
}

/** Needs at least `k` + 1 training rows. Memory: 16 bytes a value of the training rows. */
export function openNeighbours(train: Float64Array, width: number, k: number): Neighbours {
  const { mean } = columnMoments(train, width)
  const points = standardiseRows(train, mean)
  const more = k + 1
  const few = width <= FEW_COLUMNS && train.length / width >= MANY_ROWS
  const search = (few ? byTree : byBlocks)(points, width, more)
  return {
    each(data, use) {
      const asked = standardiseRows(data, mean)
      const [rows, squares] = [new Int32Array(more), new Float64Array(more)]
      search(asked, (candidates, from, count) => {
        const found = { rows: new Int32Array(count * k), squares: new Float64Array(count * k) }
        for (let i = 0; i < count; i++) {
          for (let c = 0; c < more; c++) {
            const row = candidates[i * more + c] as number
            rows[c] = row
            squares[c] = squaredDistance(asked, (from + i) * width, points, row * width, width)
          }
          sortCandidates(rows, squares)
          const first = squares[0] === 0 ? 1 : 0
          found.rows.set(rows.subarray(first, first + k), i * k)
          found.squares.set(squares.subarray(first, first + k), i * k)
        }
        use(found, from, count)
      })
    },
  }
}

/** Training rows whose neighbours are searched between two looks at the clock. */
const STEP = 512
/** … or so many distances, whichever is less. */
const WORK = 10_000_000

/** The neighbours of every training row, itself left out. */
export function* neighboursOfAll(train: Float64Array, width: number, k: number): Steps<Neighbourhood> {
  const count = train.length / width
  const neighbours = openNeighbours(train, width, k)
  const all: Neighbourhood = { rows: new Int32Array(count * k), squares: new Float64Array(count * k) }
  const step = Math.max(16, Math.min(STEP, Math.floor(WORK / count)))
  for (let from = 0; from < count; from += step) {
    neighbours.each(train.subarray(from * width, Math.min(count, from + step) * width), (found, at) => {
      all.rows.set(found.rows, (from + at) * k)
      all.squares.set(found.squares, (from + at) * k)
    })
    yield { done: from, of: count, note: 'finding neighbours' }
  }
  return all
}
