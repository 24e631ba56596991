/** Long work ends its turn of the event loop now and then, so that signals, timers and sockets are heard while it goes on. */
import { setImmediate } from 'node:timers/promises'

/** ms: what runs beside each other, and the collection of garbage, add up. */
const LONGEST = 5

export class Turns {
  private since = performance.now()

  /** Cheap enough to be asked after every record. */
  get due(): boolean {
    return performance.now() - this.since >= LONGEST
  }

  async end(): Promise<void> {
    await setImmediate()
    this.since = performance.now()
  }
}
