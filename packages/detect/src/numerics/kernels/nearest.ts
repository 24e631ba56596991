import { openKernel } from './kernel.ts'
import { nearestWasm } from './nearest.gen.ts'
import { type Found, halfSquares } from './nearest-slow.ts'

type Exports = {
  nearestAll(
    rows: number,
    count: number,
    stride: number,
    panel: number,
    panels: number,
    together: number,
    k: number,
    lists: number,
    points: number,
  ): void
}

const PANEL = 4
/** Points that are compared with every row of a block before the next points: they stay in the second cache. */
const TOGETHER_BYTES = 1 << 17
/** Rows of a block. */
const BLOCK = 512

export interface Nearest {
  /** `k` points a row, nearest first; equal to `nearestSlow` to the bit. The lists are written over by the next call. */
  find(rows: Float64Array, use: (found: Found, from: number, count: number) => void): void
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsTaken(): number
}

/** Points, four beside each other: their halves of squares, then column after column. What fills the last panel is infinitely far. */
function writePanels(points: Float64Array, width: number, target: Float64Array): void {
  const halves = halfSquares(points, width)
  const count = halves.length
  for (let panel = 0, at = 0; panel * PANEL < count; panel++) {
    for (let i = panel * PANEL; i < (panel + 1) * PANEL; i++)
      target[at++] = i < count ? (halves[i] as number) : Number.POSITIVE_INFINITY
    for (let j = 0; j < width; j++) {
      for (let i = panel * PANEL; i < (panel + 1) * PANEL; i++)
        target[at++] = i < count ? (points[i * width + j] as number) : 0
    }
  }
}

/** Holds `points` (`width` columns, at least `k` of them) in WebAssembly. Memory: 8 bytes a value. Error: `kernel-unavailable`. */
export function openNearest(points: Float64Array, width: number, k: number): Nearest {
  const panels = Math.ceil(points.length / width / PANEL)
  const panelDoubles = PANEL * (width + 1)
  const together = Math.max(1, Math.floor(TOGETHER_BYTES / (8 * panelDoubles)))
  const rowsAt = panels * panelDoubles
  const listsAt = rowsAt + BLOCK * width
  const pointsAt = 8 * (listsAt + BLOCK * k)
  const kernel = openKernel<Exports>(nearestWasm)
  kernel.reserve(pointsAt + 4 * BLOCK * k)
  const memory = new Float64Array(kernel.buffer())
  writePanels(points, width, memory)
  const lists = memory.subarray(listsAt, listsAt + BLOCK * k)
  const found = new Int32Array(kernel.buffer(), pointsAt, BLOCK * k)
  let taken = 0
  return {
    rowsTaken: () => taken,
    find(rows, use) {
      const count = rows.length / width
      for (let from = 0; from < count; from += BLOCK) {
        const size = Math.min(BLOCK, count - from)
        const whole = (size + 3) & ~3
        memory.set(rows.subarray(from * width, (from + size) * width), rowsAt)
        memory.fill(0, rowsAt + size * width, rowsAt + whole * width)
        lists.fill(Number.POSITIVE_INFINITY, 0, whole * k)
        kernel.run.nearestAll(8 * rowsAt, whole, 8 * width, 0, panels, together, k, 8 * listsAt, pointsAt)
        taken += size
        use({ points: found.subarray(0, size * k), values: lists.subarray(0, size * k) }, from, size)
      }
    },
  }
}
