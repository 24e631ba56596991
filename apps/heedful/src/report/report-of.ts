/** What there is to report of a scan, and of a replay. */
import { findLines } from '../replay/find-alert.ts'
import type { Replayed } from '../replay/replay.ts'
import { cutLine, type Witnesses } from '../replay/witnesses.ts'
import type { ScanResult } from '../scoring/scan.ts'
import { isFolderSpace, type Space } from '../store/space.ts'
import { describeGeography } from '../terminal/report.ts'
import type { Reported } from './report-data.ts'

/** What analysts said stands in a data folder. */
const feedbackOf = (space: Space) => (id: string) => (isFolderSpace(space) ? space.store.tables.feedback.of(id) : [])

/** `witnesses`: what a scan that keeps nothing saw of the lines; a data folder still has them. */
export function reportOfScan(result: ScanResult, space: Space, witnesses: Witnesses): Reported {
  const geography = describeGeography(result)
  return {
    ...result,
    files: result.files.map(({ input, source, timezone }) => ({
      name: input.name,
      format: source.title,
      timezone: source.stamp.zone ? timezone : null,
    })),
    notes: geography === undefined ? result.notes : [...result.notes, geography],
    lines: (alert) => (isFolderSpace(space) ? findLines(space, alert).map(cutLine) : witnesses.of(alert)),
    feedback: feedbackOf(space),
  }
}

export function reportOfReplay(replayed: Replayed, space: Space): Reported {
  return {
    ...replayed,
    files: space.log.files.map(({ name }) => ({ name, format: null, timezone: null })),
    notes: ['Replayed from the log that a data folder keeps.'],
    stopped: false,
    lines: (alert) => findLines(space, alert).map(cutLine),
    feedback: feedbackOf(space),
  }
}
