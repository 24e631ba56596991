/** Counts of equal lines as they were when the log ended. */
import type { Log } from '../log/log.ts'
import { Occurrences } from './occurrences.ts'

export function rebuildOccurrences(log: Log): Occurrences {
  const from = Occurrences.rebuildFrom(log.end.lines)
  const occurrences = new Occurrences(from)
  if (log.end.lines === from) return occurrences
  // A line stands at its own number or behind it, as other records stand between lines.
  for (const group of log.read(from)) {
    let line = group.lines
    for (const record of group.records) {
      if (record.kind !== 'raw') continue
      if (line >= from) occurrences.next(record.line, record.door)
      line++
    }
  }
  return occurrences
}
