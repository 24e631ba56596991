/** One alert of a data folder and the lines it was raised for. */
import type { Alert } from '@heedful/stream'
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
  /** In the log. */
  position: number
  /** The line's own stamp, ms UTC; NaN where it has none. */
  time: number
  door: number
  file: string
  /** 0: not known. */
  number: number
  text: string
}

/** The raw lines behind an alert, in the order of the log. Events whose line is not kept are left out. */
export function findLines({ log }: Space, { events, positions }: Pick<Alert, 'events' | 'positions'>): Witness[] {
  const files = new Map(log.files.map(({ id, name }) => [id, name]))
  return events
    .map((event, i) => ({ event, position: positions[i] as number }))
    .sort((a, b) => a.position - b.position)
    .flatMap(({ event, position }) => {
      const [group] = log.read(position)
      const record = group?.records[position - group.first]
      const origin = group?.origins[position - group.first]
      if (record?.kind !== 'raw' || origin === undefined) return []
      const { line, door } = record
      const file = files.get(origin.file) ?? ''
      return [{ event, position, time: record.time, door, file, number: origin.line, text: line }]
    })
}
