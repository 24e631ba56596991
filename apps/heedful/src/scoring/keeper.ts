/** When what was concluded is committed: at once where a person waits for it, else seldom enough for real disks. */
import type { Verdict } from '@heedful/stream'
import type { StoredGroup } from '../log/log.ts'
import type { ConcludedGroup, KeptMemory, Snapshot, Store } from '../store/store.ts'
import type { Runner } from './runner.ts'
import { Turns } from './turns.ts'

/** Verdicts wait at most this long, ms, so that a slow disk is not asked for more than five commits a second for them. */
const COMMIT_EVERY = 200
/** A restart folds again what came after the last snapshot: at most this much time, ms, and this many records. */
const SNAPSHOT_EVERY = 10_000
const SNAPSHOT_RECORDS = 200_000
/** A large memory is saved more seldom: putting it together may take a twentieth of the time … */
const SHARE = 20
/** … and the disk has as long a rest as it worked. */
const REST = 2

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
  private readonly turns = new Turns()
  /** Something that was committed is not counted yet. */
  private owing = false
  private committed = performance.now()
  private saved = performance.now()
  private savedAt: number
  /** ms until the last snapshot was put together, and until it was durable. */
  private taking = 0
  private took = 0
  /** A snapshot that is put together and written while the fold goes on; undefined where that fails. It never rejects. */
  private writing: Promise<Snapshot | undefined> | undefined
  private failure: { error: unknown } | undefined
  /** Durable, to be put in force by the next commit. */
  private memory: KeptMemory | undefined

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
    if (isAwaited(concluded) || performance.now() - this.committed >= COMMIT_EVERY) await this.commit()
    if (this.isDue()) await this.begin()
    this.throwFailure()
  }

  /** Of the positions from … to − 1, as far as they are folded, in the order of the log. */
  verdicts(from: number, to: number): Verdict[] {
    const found = [...this.store.verdictsOf(from, to), ...this.waiting.flatMap(({ verdicts }) => verdicts)]
    return found.filter(({ position }) => position >= from && position < to)
  }

  /** Nothing follows for now: what waits is committed, and memory saved where that is due. */
  async settle(): Promise<void> {
    if (this.waiting.length > 0 || this.memory !== undefined || this.owing) await this.commit()
    if (this.isDue()) await this.begin()
    this.throwFailure()
  }

  private isDue(): boolean {
    const records = this.runner.position - this.savedAt
    const since = performance.now() - this.saved
    if (!this.snapshots || this.writing !== undefined || records === 0) return false
    if (since < Math.max(SHARE * this.taking, REST * this.took)) return false
    return records >= SNAPSHOT_RECORDS || since >= SNAPSHOT_EVERY
  }

  private async commit(): Promise<void> {
    // What a full disk left uncounted comes before memory that has it folded in.
    await this.count()
    this.store.commit(this.waiting, this.memory)
    this.waiting = []
    this.memory = undefined
    this.committed = performance.now()
    this.owing = true
    await this.count()
  }

  private async count(): Promise<void> {
    while (this.owing) {
      this.owing = this.store.count()
      await this.store.checkpoint()
      if (this.turns.due) await this.turns.end()
    }
  }

  /** Begins a snapshot of what is concluded until now; the fold goes on meanwhile. */
  private async begin(): Promise<void> {
    // What was concluded until there stands in the store before the memory does, and the file that comes next may be written.
    if (this.waiting.length > 0 || this.memory !== undefined) await this.commit()
    this.savedAt = this.runner.position
    this.writing = this.write(this.runner.snapshot(), performance.now())
  }

  private async write(taken: Promise<Snapshot>, started: number): Promise<Snapshot | undefined> {
    let snapshot: Snapshot | undefined
    try {
      snapshot = await taken
      this.taking = performance.now() - started
      this.memory = await this.store.keep(snapshot)
    } catch (error) {
      this.failure = { error }
      // It is due again.
      this.savedAt = -1
    }
    this.saved = performance.now()
    this.took = this.saved - started
    this.writing = undefined
    return snapshot
  }

  private throwFailure(): void {
    const { failure } = this
    this.failure = undefined
    if (failure !== undefined) throw failure.error
  }

  /** Commits everything, with memory where memory is kept. */
  async save(): Promise<Snapshot | undefined> {
    await this.writing
    // A snapshot that failed is made up for by this one.
    this.failure = undefined
    if (this.snapshots) await this.begin()
    const snapshot = await this.writing
    this.throwFailure()
    await this.commit()
    await this.store.settle()
    return snapshot
  }
}
