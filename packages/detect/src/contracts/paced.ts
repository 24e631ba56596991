import { HeedfulError } from './errors.ts'
import type { Job } from './job.ts'

/** How far a fit has come. */
export interface Progress {
  readonly done: number
  readonly of: number
  readonly note?: string
}

/** A fit told in steps of a few milliseconds. */
export type Steps<T> = Generator<Progress, T>

function checkStopped(owner: string, job: Job, { done, of }: Progress): void {
  if (job.signal.aborted) throw new HeedfulError('fit-aborted', `${owner}: the fit was stopped at ${done} of ${of}`)
}

async function goOn<T>(owner: string, job: Job, steps: Steps<T>, first: Progress): Promise<T> {
  let progress = first
  for (;;) {
    checkStopped(owner, job, progress)
    if (job.due()) await job.tick(progress.done, progress.of, progress.note)
    checkStopped(owner, job, progress)
    const step = steps.next()
    if (step.done) return step.value
    progress = step.value
  }
}

/** A fit of some milliseconds, whatever the rows: it can be stopped before it begins. */
export function* inOne<T>(fit: () => T): Steps<T> {
  yield { done: 0, of: 1 }
  return fit()
}

/** Something done to the rows `from … to − 1`, a part of them after the other. */
export function* inParts(
  count: number,
  size: number,
  note: string,
  run: (from: number, to: number) => void,
): Steps<void> {
  for (let from = 0; from < count; from += size) {
    yield { done: from, of: count, note }
    run(from, Math.min(count, from + size))
  }
}

/** Runs a fit to its end, for those whom nobody waits for or stops. */
export function runToEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * Runs a fit to its end: at once while nobody wants to hear of it, later from the first time that the job is due. So a fit
 * written once, as a generator, is quick where it is short, and can be watched and stopped where it is long.
 * Error: `fit-aborted`.
 */
export function paced<T>(owner: string, job: Job, steps: Steps<T>): T | Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    checkStopped(owner, job, step.value)
    if (job.due()) return goOn(owner, job, steps, step.value)
  }
}
