/** How long the event loop keeps others waiting, told apart by what is going on. */
const EVERY = 5

export class Gaps {
  during = 0
  between = 0
  busy = false
  #last = performance.now()
  #timer = setInterval(() => this.#look(), EVERY)

  #look() {
    const now = performance.now()
    this.#note(now - this.#last - EVERY)
    this.#last = now
  }

  #note(gap) {
    if (this.busy) this.during = Math.max(this.during, gap)
    else this.between = Math.max(this.between, gap)
  }

  /** What comes from here on is another time. */
  turn(busy) {
    this.#look()
    this.busy = busy
  }

  end() {
    clearInterval(this.#timer)
  }
}
