/** Numbers that tell at a glance what was simulated. */
import type { EventClass } from '@heedful/stream'
import type { LabelledEvent } from './labelled.ts'

export class Summary {
  events = 0
  attackEvents = 0
  lookAlikeEvents = 0
  logOns = 0
  failedLogOns = 0
  readonly classes = new Map<EventClass, number>()

  count({ event, campaign, lookAlike }: LabelledEvent): void {
    this.events++
    if (campaign !== undefined) this.attackEvents++
    if (lookAlike !== undefined) this.lookAlikeEvents++
    this.classes.set(event.class, (this.classes.get(event.class) ?? 0) + 1)
    if (event.class !== 'authentication' || event.activity !== 'logon') return
    this.logOns++
    if (event.status === 'failure') this.failedLogOns++
  }
}
