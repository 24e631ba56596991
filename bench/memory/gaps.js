/**
 * How long the event loop keeps others waiting, told apart by what is going on; and how much of that it worked itself, which
 * a busy machine does not lengthen.
 */
import { readFileSync } from 'node:fs'

const EVERY = 5

/** ms that the main thread was on a processor; NaN where the system does not say (it is Linux that does). */
function worked() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return Number.NaN
  }
}

export class Gaps {
  /** ms, the longest by the clock and by work. */
  during = { clock: 0, work: 0 }
  between = { clock: 0, work: 0 }
  busy = false
  #clock = performance.now()
  #work = worked()
  #timer = setInterval(() => this.#look(EVERY), EVERY)

  #look(expected) {
    const [clock, work] = [performance.now(), worked()]
    const longest = this.busy ? this.during : this.between
    longest.clock = Math.max(longest.clock, clock - this.#clock - expected)
    longest.work = Math.max(longest.work, work - this.#work)
    this.#clock = clock
    this.#work = work
  }

  /** What comes from here on is another time. */
  turn(busy) {
    this.#look(0)
    this.busy = busy
  }

  end() {
    clearInterval(this.#timer)
  }
}
