/** The fold of a data folder, from the memory that was kept of it. */
import { messageOf } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { Runner, type RunnerOptions } from './runner.ts'

/** Memory that this build cannot read is no loss: the log is the truth, and is folded again from its start. */
export function openRunner(store: Store, notes: string[], options: RunnerOptions): Runner {
  try {
    return new Runner(options, store.snapshot)
  } catch (error) {
    notes.push(`the kept memory cannot be read (${messageOf(error)}): the log is folded again from its start`)
    store.forgetMemory()
    return new Runner(options)
  }
}
