/** The lines behind alerts, taken while they are at hand: a scan that keeps nothing soon forgets them. */
import type { Alert } from '@heedful/stream'
import type { Space } from '../store/space.ts'
import { findLines, type Witness } from './find-alert.ts'

/** What is kept of a line. Characters. */
const LINE = 2000
/** And of all lines together; beyond, further ones are left out. Characters. */
const ALL = 64 * 1024 * 1024

export const cutLine = (witness: Witness): Witness =>
  witness.text.length <= LINE ? witness : { ...witness, text: `${witness.text.slice(0, LINE)} …` }

export class Witnesses {
  private readonly space: Space
  private room = ALL
  /** By alert and event: at most the events that the alert lists. */
  private readonly seen = new Map<string, Map<string, Witness>>()

  constructor(space: Space) {
    this.space = space
  }

  /** Takes the lines of an alert that were not taken when it was seen before. */
  see(alert: Alert): void {
    if (this.room <= 0) return
    const known = this.seen.get(alert.id)
    const missing = alert.events.map((_, i) => i).filter((i) => !known?.has(alert.events[i] as string))
    const found = findLines(this.space, {
      events: missing.map((i) => alert.events[i] as string),
      positions: missing.map((i) => alert.positions[i] as number),
    })
    for (const { text } of found) this.room -= Math.min(LINE, text.length)
    const all = new Map([...(known?.values() ?? []), ...found.map(cutLine)].map((witness) => [witness.event, witness]))
    this.seen.set(
      alert.id,
      new Map(alert.events.flatMap((event) => (all.has(event) ? [[event, all.get(event) as Witness]] : []))),
    )
  }

  /** In the order of the log. */
  of({ id }: Alert): Witness[] {
    return [...(this.seen.get(id)?.values() ?? [])].sort((a, b) => a.position - b.position)
  }
}
