/** When what was concluded is committed: at once where a person waits for it, else seldom enough for real disks. */
import type { StoredGroup } from '../log/log.ts'
import type { ConcludedGroup, Snapshot, Store } from '../store/store.ts'
import type { Runner } from './runner.ts'

/** Verdicts wait at most this long, ms, so that a slow disk is not asked for more than five commits a second for them. */
const COMMIT_EVERY = 200
/** A restart folds again what came after the last snapshot: at most this much time, ms, and this many records. */
const SNAPSHOT_EVERY = 10_000
const SNAPSHOT_RECORDS = 200_000
/** A large memory is saved more seldom: nothing is folded meanwhile, which may cost a twentieth of the time. */
const SHARE = 20

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
  /** ms that the last snapshot took. */
  private took = 0

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
    // Memory takes a while to be saved; who waits for an alert is told before.
    if (isAwaited(concluded) || performance.now() - this.committed >= COMMIT_EVERY) this.commit()
    if (this.isDue()) await this.save()
  }

  /** Nothing follows for now: what waits is committed, and memory saved where that is due. */
  async settle(): Promise<void> {
    if (this.isDue()) await this.save()
    else if (this.waiting.length > 0) this.commit()
  }

  private isDue(): boolean {
    const records = this.runner.position - this.savedAt
    const since = performance.now() - this.saved
    if (!this.snapshots || records === 0 || since < SHARE * this.took) return false
    return records >= SNAPSHOT_RECORDS || since >= SNAPSHOT_EVERY
  }

  private commit(): void {
    this.store.commit(this.waiting)
    this.waiting = []
    this.committed = performance.now()
  }

  /** Commits everything, with memory where memory is kept. */
  async save(): Promise<Snapshot | undefined> {
    if (!this.snapshots) {
      this.commit()
      return undefined
    }
    const started = performance.now()
    const snapshot = await this.runner.snapshot()
    const memory = await this.store.keep(snapshot)
    this.store.commit(this.waiting, memory)
    this.waiting = []
    this.committed = this.saved = performance.now()
    this.savedAt = snapshot.position
    this.took = this.saved - started
    return snapshot
  }
}
