/** A log in one of its forms, and the truth about what stands in it: about its events by their ids, or about its lines. */
import type { Campaign, LabelledEvent, LookAlike } from '../labelled.ts'
import { type AuthLogLine, openAuthLog } from './authlog.ts'
import { toEcs } from './ecs.ts'
import { campaignsJson, labelRow, noteTrace, type Traces } from './labels.ts'

export interface Written {
  lines: string[]
  /** Rows of `labels.csv`. */
  labels: string[]
}

export interface LabelledLog {
  readonly labelsHeader: string
  /** Events come in order of time. */
  write(labelled: LabelledEvent): Written
  /** What was still held back. */
  end(): Written
  /** Content of `campaigns.json`. Ask at the end. */
  campaigns(campaigns: readonly Campaign[], lookAlikes: readonly LookAlike[]): string
  /** How many of these stories the log shows. */
  count(stories: readonly { id: string }[]): number
}

const countIn = (traces: Traces) => (stories: readonly { id: string }[]) =>
  stories.filter(({ id }) => traces.has(id)).length

/** One line an event, with its id in it. */
export function openEcsLog(): LabelledLog {
  const traces: Traces = new Map()
  return {
    labelsHeader: 'event_id,campaign,look_alike',
    write(labelled) {
      const { event } = labelled
      noteTrace(traces, event.id, labelled)
      return { lines: [toEcs(event)], labels: [labelRow(event.id, labelled)] }
    },
    end: () => ({ lines: [], labels: [] }),
    campaigns: (campaigns, lookAlikes) => campaignsJson(campaigns, lookAlikes, traces, 'events'),
    count: countIn(traces),
  }
}

/** Several lines an event, or none; they carry no ids, so the truth is about their numbers, from 1. */
export function openLabelledAuthLog(): LabelledLog {
  const writer = openAuthLog()
  const traces: Traces = new Map()
  /** Events of stories, by their ids: a line may be held back until after later events. */
  const told = new Map<string, LabelledEvent>()
  let number = 0
  const label = (lines: readonly AuthLogLine[]): Written => {
    const labels = lines.map(({ event }) => {
      const labelled = told.get(event)
      number++
      if (labelled !== undefined) noteTrace(traces, number, labelled)
      return labelRow(number, labelled ?? {})
    })
    return { lines: lines.map(({ text }) => text), labels }
  }
  return {
    labelsHeader: 'line,campaign,look_alike',
    write(labelled) {
      if (labelled.campaign !== undefined || labelled.lookAlike !== undefined) told.set(labelled.event.id, labelled)
      return label(writer.write(labelled.event))
    },
    end: () => label(writer.end()),
    campaigns: (campaigns, lookAlikes) => campaignsJson(campaigns, lookAlikes, traces, 'lines'),
    count: countIn(traces),
  }
}
