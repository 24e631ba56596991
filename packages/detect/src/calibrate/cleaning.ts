/** Panels that are fitted on what earlier ones found ordinary. */
import type { Job } from '../contracts/job.ts'
import type { Random } from '../contracts/random.ts'
import { pickRows, type Rows } from '../contracts/rows.ts'
import { settle } from '../contracts/training.ts'
import { rowsOfSmallest } from '../numerics/select.ts'
import { shareOf } from './in-turn.ts'
import { askOnce, type PanelState, type Seat, teachPanel } from './panel.ts'

export interface Cleaning {
  /** In whose name errors speak. */
  readonly owner: string
  readonly scouts: readonly Seat[]
  readonly judges: readonly Seat[]
  /** Share of the rows, the strangest, that judges do not learn. */
  readonly leftOut: number
}

export type Cleaned = { readonly scouts: PanelState; readonly judges: PanelState }

/** The last fit leaves out this share of `leftOut` for one set of judges, all of it for the other. */
const FEWER = 0.4

/** The rows but for the strangest share of those that are not known to be normal; at least two. */
function withoutStrangest(rows: Rows, scores: Float64Array, normal: (row: number) => boolean, share: number): Rows {
  const held = scores.map((score, row) => (normal(row) ? Number.NEGATIVE_INFINITY : score))
  const doubtful = held.filter((score) => score !== Number.NEGATIVE_INFINITY).length
  const kept = Math.max(Math.min(2, rows.count), rows.count - Math.floor(doubtful * share))
  return pickRows(rows, rowsOfSmallest(held, kept).sort())
}

/** One panel of several. */
const joinPanels = (panels: readonly PanelState[]): PanelState => ({
  members: panels.flatMap(({ members }) => members),
  failures: panels.flatMap(({ failures }) => failures),
})

/**
 * Fits the scouts on all rows; the judges on what the scouts find ordinary; the judges again on what both find
 * ordinary, once leaving out less and once as much. `normal`: rows that are known to be normal, which are never left out.
 * Errors: `fit-impossible`, `fit-aborted`.
 */
export function teachCleaned(
  { owner, scouts, judges, leftOut }: Cleaning,
  rows: Rows,
  normal: (row: number) => boolean,
  random: Random,
  job: Job,
): Cleaned | Promise<Cleaned> {
  const part = (place: number) => shareOf(job, place, 6)
  const judge = (scores: Float64Array, share: number, round: number, place: number) => {
    const course = { taught: withoutStrangest(rows, scores, normal, share), asked: rows }
    return teachPanel(owner, judges, course, random.split(round), part(place))
  }
  const scouted = teachPanel(owner, scouts, { taught: rows, asked: rows }, random.split(0), part(0))
  return settle(scouted, (first) =>
    settle(askOnce(owner, scouts, first, rows, part(1)), (found) =>
      settle(judge(found, leftOut, 1, 2), (second) =>
        settle(askOnce(owner, judges, second, rows, part(3)), (judged) => {
          // Judges alone would keep what lies close together: a few rows of a crowd that were left make all of it ordinary.
          const both = judged.map((said, row) => (said + (found[row] as number)) / 2)
          return settle(judge(both, leftOut * FEWER, 2, 4), (many) =>
            settle(judge(both, leftOut, 3, 5), (few): Cleaned => ({ scouts: first, judges: joinPanels([many, few]) })),
          )
        }),
      ),
    ),
  )
}
