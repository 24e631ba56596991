/** When what was concluded is committed: at once where a person waits for it, else seldom enough for real disks. */
import type { StoredGroup } from '../log/log.ts'
import type { ConcludedGroup, Snapshot, Store } from '../store/store.ts'
import type { Runner } from './runner.ts'

/** Verdicts wait at most this long, ms, so that a slow disk is not asked for more than five commits a second for them. */
const COMMIT_EVERY = 200
/** A restart folds again what came after the last snapshot: at most this much time, ms, and this many records. */
const SNAPSHOT_EVERY = 10_000
const SNAPSHOT_RECORDS = 200_000

/** A person waits for it. */
const isAwaited = ({ alerts, letters, feedback, redriven }: ConcludedGroup): boolean =>
  alerts.size + letters.length + feedback.length + redriven.length > 0

export class Keeper {
  private readonly runner: Runner
  private readonly store: Store
  /** A scan that keeps nothing takes no snapshots. */
  private readonly snapshots: boolean
  private readonly onConcluded: (group: ConcludedGroup) => void
  private waiting: ConcludedGroup[] = []
  private committed = performance.now()
  private saved = performance.now()
  private savedAt: number

  constructor(runner: Runner, store: Store, snapshots: boolean, onConcluded: (group: ConcludedGroup) => void) {
    this.onConcluded = onConcluded
    this.runner = runner
    this.store = store
    this.snapshots = snapshots
    this.savedAt = runner.position
  }

  /** Folds a group in and commits what is due. */
  async take(group: StoredGroup): Promise<void> {
    const concluded = await this.runner.run(group)
    this.onConcluded(concluded)
    this.waiting.push(concluded)
    const now = performance.now()
    const due = this.runner.position - this.savedAt >= SNAPSHOT_RECORDS || now - this.saved >= SNAPSHOT_EVERY
    if (this.snapshots && due) this.save()
    else if (isAwaited(concluded) || now - this.committed >= COMMIT_EVERY) this.commit()
  }

  /** Nothing follows for now: what waits is committed, and memory saved where that is due. */
  settle(): void {
    const due = performance.now() - this.saved >= SNAPSHOT_EVERY && this.runner.position > this.savedAt
    if (this.snapshots && due) this.save()
    else if (this.waiting.length > 0) this.commit()
  }

  private commit(): void {
    this.store.commit(this.waiting)
    this.waiting = []
    this.committed = performance.now()
  }

  /** Commits everything, with memory where memory is kept. */
  save(): Snapshot | undefined {
    if (!this.snapshots) {
      this.commit()
      return undefined
    }
    const snapshot = this.runner.snapshot()
    this.store.commit(this.waiting, snapshot)
    this.waiting = []
    this.committed = this.saved = performance.now()
    this.savedAt = snapshot.position
    return snapshot
  }
}
