import type { Plain } from './plain.ts'

/** What a fit needs of an `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
}

/** The surroundings of a long fit: how it is stopped, resumed, bounded and watched. The app keeps the clock. */
export interface Job {
  readonly signal: Signal
  /** What `checkpoint` kept the last time, if this fit was broken off. */
  readonly resumed?: Plain
  /** How much memory the fit may take. */
  readonly memoryBytes: number
  /** Time to await `tick` (about every 50 ms). */
  due(): boolean
  tick(done: number, of: number, note?: string): Promise<void>
  checkpoint(state: () => Plain): Promise<void>
}

/** A job that nobody watches: never due, never stopped, 1 GiB. */
export function quietJob(overrides: Partial<Job> = {}): Job {
  return {
    signal: { aborted: false },
    memoryBytes: 1 << 30,
    due: () => false,
    tick: () => Promise.resolve(),
    checkpoint: () => Promise.resolve(),
    ...overrides,
  }
}
