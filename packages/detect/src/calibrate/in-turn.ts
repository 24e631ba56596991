/** Fits of several members, one after the other. */
import { HeedfulError } from '../contracts/errors.ts'
import type { Job } from '../contracts/job.ts'

/** A member's own job: one part of the whole in what it reports; its checkpoints are not those of the whole. */
export function jobOf(member: { readonly id: string }, place: number, members: number, job: Job): Job {
  return {
    signal: job.signal,
    memoryBytes: job.memoryBytes,
    due: () => job.due(),
    tick: (done, of, note) =>
      job.tick(place + done / Math.max(1, of), members, note === undefined ? member.id : `${member.id}: ${note}`),
    checkpoint: () => Promise.resolve(),
  }
}

/** One after the other, at once where each answers at once. */
export function inTurn<T>(
  count: number,
  one: (place: number) => T | Promise<T>,
  done: readonly T[] = [],
): readonly T[] | Promise<readonly T[]> {
  if (done.length === count) return done
  const answer = one(done.length)
  if (answer instanceof Promise) return answer.then((value) => inTurn(count, one, [...done, value]))
  return inTurn(count, one, [...done, answer])
}

function checkStopped(owner: string, job: Job, done: number, of: number): void {
  if (job.signal.aborted) throw new HeedfulError('fit-aborted', `${owner}: the fit was stopped at ${done} of ${of}`)
}

/** Between two members: hears of a stop, and says how far it is where the job is due. Error: `fit-aborted`. */
export function breathe(owner: string, job: Job, done: number, of: number): undefined | Promise<undefined> {
  checkStopped(owner, job, done, of)
  if (!job.due()) return undefined
  return job.tick(done, of).then(() => {
    checkStopped(owner, job, done, of)
    return undefined
  })
}

/** A job of which this is one of `of` parts. */
export const shareOf = (job: Job, place: number, of: number): Job => ({
  ...{ signal: job.signal, memoryBytes: job.memoryBytes, due: () => job.due(), checkpoint: () => Promise.resolve() },
  tick: (done, all, note) => job.tick(place + done / Math.max(1, all), of, note),
})
