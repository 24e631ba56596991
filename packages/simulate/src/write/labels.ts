/** The truth, beside the log: which of its entries belong to what. */
import type { Campaign, LabelledEvent, LookAlike } from '../labelled.ts'

/** What a log shows of a story. */
export interface Trace {
  /** Ids of events, or numbers of lines. */
  entries: (string | number)[]
  /** Time of the first and the last event that it shows, ms UTC. */
  first: number
  last: number
}

/** By the id of the story. A story that leaves no trace in a log is not in its truth either. */
export type Traces = Map<string, Trace>

/** One row of the table of labels; what belongs to no story has empty fields. */
export const labelRow = (entry: string | number, { campaign, lookAlike }: Partial<LabelledEvent>): string =>
  `${entry},${campaign ?? ''},${lookAlike ?? ''}`

export function noteTrace(traces: Traces, entry: string | number, { event, campaign, lookAlike }: LabelledEvent): void {
  for (const story of [campaign, lookAlike]) {
    if (story === undefined) continue
    const trace = traces.get(story) ?? { entries: [], first: event.time, last: event.time }
    trace.entries.push(entry)
    trace.first = Math.min(trace.first, event.time)
    trace.last = Math.max(trace.last, event.time)
    traces.set(story, trace)
  }
}

/** Content of `campaigns.json`: the stories that the log shows. `unit`: what its entries are. */
export function campaignsJson(
  campaigns: readonly Campaign[],
  lookAlikes: readonly LookAlike[],
  traces: Traces,
  unit: 'events' | 'lines',
): string {
  const shown = <S extends { id: string }>(stories: readonly S[], describe: (story: S) => object) =>
    stories.flatMap((story) => {
      const trace = traces.get(story.id)
      if (trace === undefined) return []
      const [first_time, last_time] = [trace.first, trace.last].map((time) => new Date(time).toISOString())
      const { entries } = trace
      return [{ ...describe(story), first_time, last_time, [`${unit}_total`]: entries.length, [unit]: entries }]
    })
  const content = {
    campaigns: shown(campaigns, ({ id, kind, difficulty, techniques, used, attacked }) => ({
      ...{ id, kind, difficulty, techniques, used, attacked },
    })),
    look_alikes: shown(lookAlikes, ({ id, kind, resembles, sharedSignal, difference, used }) => ({
      ...{ id, kind, resembles, shared_signal: sharedSignal, difference, used },
    })),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
