/** The log of a scan that keeps nothing: it remembers its newest groups only, enough to say where a line came from. */
import type { ActivateRecord } from '@heedful/stream'
import {
  advance,
  type Commit,
  findActivations,
  type Group,
  type KnownFile,
  type Log,
  type LogEnd,
  type StoredGroup,
} from './log.ts'

/** Groups that can still be read behind the end: 100,000 records. */
const KEPT = 200

export function openMemoryLog(): Log {
  const groups: StoredGroup[] = []
  const activations: ActivateRecord[] = []
  const files = new Map<number, KnownFile>()
  let end: LogEnd = { position: 0, lines: 0, tick: null }
  const append = (group: Group, read: readonly KnownFile[]) => {
    const first = end.position
    groups.push({ ...group, first, lines: end.lines })
    activations.push(...findActivations(group.records))
    if (groups.length > KEPT) groups.shift()
    for (const file of read) files.set(file.id, file)
    end = advance(end, group.records)
    return first
  }
  return {
    id: 'memory',
    get end() {
      return end
    },
    get files() {
      return [...files.values()]
    },
    get activations() {
      return activations
    },
    append,
    commit({ groups: added, files: read }: Commit) {
      const first = end.position
      added.forEach((group, i) => void append(group, i === 0 ? read : []))
      return first
    },
    findRequest: () => undefined,
    *read(from: number) {
      for (const group of groups) if (group.first + group.records.length > from) yield group
    },
    close() {},
  }
}
