/**
 * What the families said of everybody lately. A new laptop that asks for a token every quarter of an hour is one surprise and
 * not a hundred: what a family said of the same owner today, or on the last day before, is no news when it says so again.
 * That holds for the events that are judged as for those that they are compared with, so a p-value is how often anything is
 * so much news.
 */

/** All that is said again is worth no more than this: unusual still, but never rare. */
const AGAIN = 3
/** So many owners of a day are told apart; where there are more, a day is shorter. */
const OWNERS = 20_000

/** By owner: what each family said, at most, in the order of `FAMILIES`. */
type Worths = Map<string, Float64Array>

export type SaidState = { today: Worths; yesterday: Worths }

export class Said {
  private today: Worths
  private yesterday: Worths

  constructor(saved?: SaidState) {
    this.today = saved?.today ?? new Map()
    this.yesterday = saved?.yesterday ?? new Map()
  }

  /**
   * How much of what the families say is news: all that goes beyond what they said of this owner, and a little of the rest.
   * Changes nothing. `worths`: in the order of `FAMILIES`, at least 0. @returns 0 to their sum
   */
  newsOf(owner: string, worths: Float64Array): number {
    const today = this.today.get(owner)
    const yesterday = this.yesterday.get(owner)
    let news = 0
    let again = 0
    for (let i = 0; i < worths.length; i++) {
      const worth = worths[i] as number
      const said = Math.max(today?.[i] ?? 0, yesterday?.[i] ?? 0)
      news += Math.max(0, worth - said)
      again += Math.min(worth, said)
    }
    return news + Math.min(AGAIN, again)
  }

  /** At once, also of what may be an attack. */
  note(owner: string, worths: Float64Array): void {
    const said = this.today.get(owner)
    if (said === undefined) {
      if (this.today.size >= OWNERS) this.endDay()
      this.today.set(owner, worths.slice())
      return
    }
    if (worths.some((worth, i) => worth > (said[i] as number)))
      this.today.set(
        owner,
        said.map((worth, i) => Math.max(worth, worths[i] as number)),
      )
  }

  /** What was said on the day before is forgotten, and that of today is of the day before. */
  endDay(): void {
    this.yesterday = this.today
    this.today = new Map()
  }

  /** As it is now: what it holds is replaced, never changed. */
  save(): SaidState {
    return { today: new Map(this.today), yesterday: this.yesterday }
  }
}
