/** The truth, beside the events: which belong to what. */
import type { Campaign, LabelledEvent, LookAlike } from '../labelled.ts'

export const LABELS_HEADER = 'event_id,campaign,look_alike'

/** One line of the table of labels; unlabelled events have empty fields. */
export function toLabelRow({ event, campaign, lookAlike }: LabelledEvent): string {
  return `${event.id},${campaign ?? ''},${lookAlike ?? ''}`
}

function stamp(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Content of `campaigns.json`: the stories that have events. Ask when the iteration has ended. */
export function toCampaignsJson(campaigns: readonly Campaign[], lookAlikes: readonly LookAlike[]): string {
  const content = {
    campaigns: campaigns.map((one) => ({
      id: one.id,
      kind: one.kind,
      difficulty: one.difficulty,
      techniques: one.techniques,
      used: one.used,
      attacked: one.attacked,
      first_time: stamp(one.firstTime),
      last_time: stamp(one.lastTime),
      events_total: one.events.length,
      events: one.events,
    })),
    look_alikes: lookAlikes
      .filter((one) => one.events.length > 0)
      .map((one) => ({
        id: one.id,
        kind: one.kind,
        resembles: one.resembles,
        shared_signal: one.sharedSignal,
        difference: one.difference,
        used: one.used,
        first_time: stamp(one.firstTime),
        last_time: stamp(one.lastTime),
        events_total: one.events.length,
        events: one.events,
      })),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
