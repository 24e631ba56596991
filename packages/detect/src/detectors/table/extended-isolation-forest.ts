/**
 * Extended isolation forest: isolation by planes in random directions, so that no direction of the columns is preferred.
 *
 * Hariri, Carrasco Kind and Brunner, "Extended Isolation Forest", TKDE 2021, algorithms 2 and 3: a normal vector of independent
 * normals, of which all but `extension` + 1 are 0, and a point drawn from the box of the rows of the node. Path lengths and
 * score as in Liu, Ting and Zhou 2008, with exact harmonic numbers. Columns are standardised first, so that a direction means
 * the same whatever their units (`standardise`; the paper leaves that to its reader).
 *
 * Use it when columns go together in slanted or curved shapes, where an isolation forest sees strangers along the axes as
 * ordinary.
 *
 * Not when most columns say nothing, or score time counts: every split looks at all columns (`extension` says fewer).
 *
 * Formula: 2^(−mean path length / c(ψ)), c(n) = 2·H(n − 1) − 2·(n − 1)/n.
 *
 * Cost: t trees of ψ rows: a fit takes t × ψ × ln ψ × d, a score t × ln ψ × d.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { checkMemory } from '../../contracts/check-memory.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { inParts, paced } from '../../contracts/paced.ts'
import { flag, int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { averagePathLengths, isolationScores } from '../../numerics/average-path.ts'
import { checkTrees } from '../../numerics/check-trees.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'

const params = {
  trees: int(100, 1, 2000, 'number of trees'),
  subSample: int(256, 2, 16384, 'rows that each tree sees, drawn without replacement (ψ)'),
  extension: int(0, 0, 10000, 'columns of a direction beyond the first; 0 takes all of them'),
  standardise: flag(true, 'give every column a mean of 0 and a deviation of 1 first'),
}

export type ExtendedForest = {
  readonly subSample: number
  readonly centre: Float64Array
  readonly scale: Float64Array
  readonly roots: Int32Array
  /** nodes × columns; a row goes left where its product with it is at most the offset. */
  readonly normals: Float64Array
  readonly offset: Float64Array
  /** Left child, the right one follows it; −1 at a leaf. */
  readonly left: Int32Array
  /** Path length that ends in a leaf. */
  readonly path: Float64Array
}

function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, width: number): number {
  let sum = 0
  for (let j = 0; j < width; j++) sum += (a[atA + j] as number) * (b[atB + j] as number)
  return sum
}

/** A forest while it grows. */
class Growth {
  readonly normals: number[] = []
  readonly offset: number[] = []
  readonly left: number[] = []
  readonly path: number[] = []
  private readonly data: Float64Array
  private readonly width: number
  private readonly used: number
  private readonly height: number
  private readonly average: Float64Array

  constructor(data: Float64Array, width: number, used: number, subSample: number) {
    this.data = data
    this.width = width
    this.used = used
    this.height = Math.ceil(Math.log2(subSample))
    this.average = averagePathLengths(subSample)
  }

  /** Grows one tree of the named rows; answers where it begins. */
  tree(rows: Int32Array, random: Random): number {
    const root = this.add()
    this.grow(root, rows, 0, random)
    return root
  }

  private add(): number {
    for (let j = 0; j < this.width; j++) this.normals.push(0)
    this.offset.push(0)
    this.left.push(-1)
    this.path.push(0)
    return this.offset.length - 1
  }

  private grow(node: number, rows: Int32Array, depth: number, random: Random): void {
    const plane = depth < this.height && rows.length > 1 ? this.plane(rows, random) : undefined
    if (!plane) {
      this.path[node] = depth + (this.average[rows.length] as number)
      return
    }
    const side = (row: number) => dot(this.data, row * this.width, plane.normal, 0, this.width) <= plane.offset
    for (let j = 0; j < this.width; j++) this.normals[node * this.width + j] = plane.normal[j] as number
    this.offset[node] = plane.offset
    const left = this.add()
    this.add()
    this.left[node] = left
    this.grow(left, rows.filter(side), depth + 1, random)
    this.grow(
      left + 1,
      rows.filter((row) => !side(row)),
      depth + 1,
      random,
    )
  }

  /** A random direction, through a random point of the box about the rows; undefined where all rows are equal. */
  private plane(rows: Int32Array, random: Random): { normal: Float64Array; offset: number } | undefined {
    const { data, width, used } = this
    const normal = new Float64Array(width)
    let [offset, differs] = [0, false]
    for (let j = 0, left = used; j < width; j++) {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const row of rows) {
        const value = data[row * width + j] as number
        if (value < least) least = value
        if (value > most) most = value
      }
      differs ||= least < most
      const taken = used >= width || random.next() * (width - j) < left
      if (!taken) continue
      left--
      normal[j] = random.normal()
      offset += (normal[j] as number) * (least + random.next() * (most - least))
    }
    return differs ? { normal, offset } : undefined
  }
}

class ExtendedIsolationForest implements Live<ExtendedForest> {
  private readonly state: ExtendedForest

  constructor(state: ExtendedForest) {
    checkTrees({ roots: state.roots, child: state.left, leaf: 'none' })
    this.state = state
  }

  score({ data, count }: Rows): Float64Array {
    const { centre, scale } = this.state
    const width = centre.length
    const rows = standardiseRows(data, centre, scale)
    return isolationScores(this.state, count, (root, row) => this.pathOf(root, rows, row * width))
  }

  save(): ExtendedForest {
    const { centre, scale, roots, normals, offset, left, path } = this.state
    return {
      ...{ subSample: this.state.subSample, centre: centre.slice(), scale: scale.slice(), roots: roots.slice() },
      ...{ normals: normals.slice(), offset: offset.slice(), left: left.slice(), path: path.slice() },
    }
  }

  private pathOf(root: number, rows: Float64Array, at: number): number {
    const { centre, normals, offset, left, path } = this.state
    const width = centre.length
    let node = root
    while ((left[node] as number) >= 0) {
      const product = dot(rows, at, normals, node * width, width)
      node = (left[node] as number) + (product <= (offset[node] as number) ? 0 : 1)
    }
    return path[node] as number
  }
}

const algorithm: Algorithm<typeof params, ExtendedForest> = {
  id: 'extended-isolation-forest',
  version: 1,
  summary: 'Isolation by planes in random directions, so that no direction of the columns is preferred.',
  reference: 'Hariri, Carrasco Kind and Brunner, "Extended Isolation Forest", TKDE 2021, algorithms 2 and 3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  exempt: { 'agrees-with-the-reference': 'no maintained implementation was found that installs beside current NumPy' },
  fit({ data, count, columns }, { weights }, { trees, subSample, extension, standardise }, random, job) {
    const width = columns.length
    const size = Math.min(subSample, drawableRows(count, weights))
    if (size < 2)
      throw new HeedfulError('rows-too-few', 'extended-isolation-forest needs at least 2 rows of a weight above 0')
    const remedy = 'take fewer trees or a smaller subSample'
    checkMemory(
      { owner: 'extended-isolation-forest', what: 'the forest', bytes: trees * 2 * size * 8 * (width + 3), remedy },
      job.memoryBytes,
    )
    const { mean, deviation } = columnMoments(data, width, weights)
    const centre = standardise ? mean : new Float64Array(width)
    const scale = standardise ? scaleOf(deviation) : new Float64Array(width).fill(1)
    const used = extension === 0 ? width : Math.min(width, extension + 1)
    const growth = new Growth(standardiseRows(data, centre, scale), width, used, size)
    const draw = createSampler(count, size, weights)
    const roots = new Int32Array(trees)
    const grow = (tree: number) => {
      const own = random.split(tree)
      roots[tree] = growth.tree(draw(own), own)
    }
    return settle(
      paced('extended-isolation-forest', job, inParts(trees, 1, 'growing trees', grow)),
      (): ExtendedForest => ({
        ...{ subSample: size, centre, scale, roots, normals: Float64Array.from(growth.normals) },
        ...{ offset: Float64Array.from(growth.offset), left: Int32Array.from(growth.left) },
        path: Float64Array.from(growth.path),
      }),
    )
  },
  open: (state) => new ExtendedIsolationForest(state),
}

/**
 * Extended isolation forest (Hariri et al. 2021). Scores in (0, 1), higher is stranger. Frozen; reads numbers without gaps.
 * Memory: trees × subSample × columns × 16 bytes.
 *
 * @example `const model = extendedIsolationForest.fitNow(rows); model.score(newRows)`
 */
export const extendedIsolationForest = defineDetector(algorithm)
