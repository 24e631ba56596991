/** What can be asked of a space, whether it goes on or was scanned once. */
import type { Runner } from '../scoring/runner.ts'
import type { FolderSpace } from '../store/space.ts'

export interface View {
  readonly space: FolderSpace
  readonly runner: Runner
  /** Records of the log that are not folded yet. */
  readonly lag: number
  /** How long the oldest of them has waited, s. */
  readonly lagSeconds: number
  /** Alerts a day. */
  readonly budget: number
  /** What the file was called that the space was read from; undefined where the space goes on. */
  readonly dropped?: string
  /** The wall clock, or the one of a world that is simulated; ms UTC. */
  now(): number
}

/** The time that the space's log has reached, ms UTC; before its first line, the clock's. */
export const timeOf = (view: View): number => (Number.isFinite(view.runner.time) ? view.runner.time : view.now())
