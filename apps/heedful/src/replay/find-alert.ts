/** One alert of a data folder and the lines it was raised for. */
import type { Alert, RawRecord } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import type { Space } from '../store/space.ts'
import { shortIds } from '../terminal/short-id.ts'

/** Throws `alert-unknown` or `alert-ambiguous`. */
export function findAlert({ folder, store }: Space, prefix: string): Alert {
  const alerts = store.alerts()
  const found = alerts.filter(({ id }) => id === prefix || id.startsWith(prefix))
  const exact = found.find(({ id }) => id === prefix) ?? (found.length === 1 ? found[0] : undefined)
  if (exact !== undefined) return exact
  if (found.length > 1) {
    const all = found.map(({ id }) => id)
    const ids = all.slice(0, 5).map(shortIds(all))
    throw new CommandError(
      'alert-ambiguous',
      `${found.length} alerts begin with "${prefix}": ${ids.join(', ')}`,
      'give more of the id',
    )
  }
  const latest = alerts.at(-1)?.id
  const example = latest === undefined ? 'there are no alerts in it' : `the latest is ${latest}`
  throw new CommandError(
    'alert-unknown',
    `no alert of ${folder} begins with "${prefix}"`,
    `${example}; heedful scan --alerts FILE lists all`,
  )
}

export interface Witness {
  event: string
  file: string
  /** 0: not known. */
  number: number
  text: string
}

/** Positions of the events' lines, from the newest verdicts backwards. */
function findPositions({ store }: Space, alert: Alert): Map<string, number> {
  const wanted = new Set(alert.events)
  const positions = new Map<string, number>()
  for (const block of store.verdicts(true)) {
    for (const { event, position } of block) {
      if (wanted.delete(event)) positions.set(event, position)
    }
    if (wanted.size === 0) break
  }
  return positions
}

/** The raw lines behind an alert, in the order of the log. Events whose line is not kept are left out. */
export function findLines(space: Space, alert: Alert): Witness[] {
  const positions = findPositions(space, alert)
  const files = new Map(space.log.files.map(({ id, name }) => [id, name]))
  return [...positions]
    .sort((a, b) => a[1] - b[1])
    .flatMap(([event, position]) => {
      const [group] = space.log.read(position)
      const record = group?.records[position - group.first] as RawRecord | undefined
      const origin = group?.origins[position - group.first]
      if (record?.kind !== 'raw' || origin === undefined) return []
      return [{ event, file: files.get(origin.file) ?? '', number: origin.line, text: record.line }]
    })
}
