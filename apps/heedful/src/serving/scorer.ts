/** Folds the log as it grows: from memory while it keeps up, from the log itself where it fell behind or was started anew. */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../errors.ts'
import type { Log, StoredGroup } from '../log/log.ts'
import type { Keeper } from '../scoring/keeper.ts'
import type { Runner } from '../scoring/runner.ts'

export interface ScorerOptions {
  log: Log
  runner: Runner
  keeper: Keeper
  /** A group is folded and given to the store. */
  onFolded(group: StoredGroup, seconds: number): void
  /** It cannot go on: a mistake of ours, or a folder that was damaged. */
  onFailed(error: unknown): void
  /** The disk is full: it goes on by itself when there is room. */
  onStalled(error: CommandError): void
}

/** Groups that are kept in memory for it: 50,000 records. */
const AT_HAND = 100
/** What was concluded waits so long for more, ms, before it is committed. */
const IDLE = 200
/** ms between two looks at a disk that is full. */
const STALLED = 1000

const isFull = (error: unknown): error is CommandError => error instanceof CommandError && error.code === 'folder-full'

export class Scorer {
  private readonly options: ScorerOptions
  private readonly atHand: StoredGroup[] = []
  /** When what is not folded yet came, in order; bounded by how many records may wait. */
  private readonly offered: { end: number; at: number }[] = []
  private stopping = false
  private wake: (() => void) | undefined
  private readonly ended: Promise<void>
  /** Folded, but not in the store yet, as the disk is full. */
  stalled = false

  constructor(options: ScorerOptions) {
    this.options = options
    this.offered.push({ end: options.log.end.position, at: performance.now() })
    this.ended = this.run().catch((error) => options.onFailed(error))
  }

  /** Records of the log that are not folded yet. */
  get lag(): number {
    return this.options.log.end.position - this.options.runner.position
  }

  /** How long the oldest of them has waited, s; what an earlier run left waits since this one started. */
  get lagSeconds(): number {
    this.forgetFolded()
    const [oldest] = this.offered
    return oldest === undefined ? 0 : (performance.now() - oldest.at) / 1000
  }

  private forgetFolded(): void {
    const { position } = this.options.runner
    while ((this.offered[0]?.end ?? Number.POSITIVE_INFINITY) <= position) this.offered.shift()
  }

  offer(groups: readonly StoredGroup[]): void {
    const at = performance.now()
    for (const { first, records } of groups) this.offered.push({ end: first + records.length, at })
    this.atHand.push(...groups)
    // What is dropped here is read from the log when its turn comes.
    if (this.atHand.length > AT_HAND) this.atHand.splice(0, this.atHand.length - AT_HAND)
    this.wake?.()
  }

  /** Ends after the group that is being folded. */
  async stop(): Promise<void> {
    this.stopping = true
    this.wake?.()
    await this.ended
  }

  private async run(): Promise<void> {
    const { keeper, onFolded } = this.options
    while (!this.stopping) {
      const group = this.next()
      if (group === undefined) await this.idle()
      else {
        const started = performance.now()
        await this.kept(() => keeper.take(group))
        this.forgetFolded()
        onFolded(group, (performance.now() - started) / 1000)
      }
    }
  }

  private next(): StoredGroup | undefined {
    const { log, runner } = this.options
    const at = runner.position
    if (at >= log.end.position) return undefined
    for (let first = this.atHand[0]; first !== undefined && first.first <= at; first = this.atHand[0]) {
      this.atHand.shift()
      if (at < first.first + first.records.length) return first
    }
    for (const group of log.read(at)) return group
    return undefined
  }

  private async idle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    let quiet = false
    await new Promise<void>((resolve) => {
      this.wake = resolve
      timer = setTimeout(() => {
        quiet = true
        resolve()
      }, IDLE)
    })
    clearTimeout(timer)
    this.wake = undefined
    if (quiet) await this.kept(() => this.options.keeper.settle())
  }

  /** What a full disk did not take stays with the keeper, and is tried again. */
  private async kept(work: () => Promise<void> | void): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isFull(error)) throw error
      this.options.onStalled(error)
      await this.waitForRoom()
    }
  }

  private async waitForRoom(): Promise<void> {
    this.stalled = true
    while (this.stalled && !this.stopping) {
      await wait(STALLED)
      try {
        await this.options.keeper.settle()
        this.stalled = false
      } catch (error) {
        if (!isFull(error)) throw error
      }
    }
  }
}
