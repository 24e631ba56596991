/** What is in force at the end of a log. */
import type { ActivateRecord, Door } from '@heedful/stream'
import type { Configuration } from '../config/configuration.ts'
import type { Log } from './log.ts'

export const lastOf = (log: Log, what: ActivateRecord['what']): ActivateRecord | undefined =>
  log.activations.filter((record) => record.what === what).at(-1)

export const doorsOf = (log: Log): Door[] =>
  log.activations.filter(({ what }) => what === 'door').map(({ content }) => JSON.parse(content) as Door)

/** The settings in force; undefined before the first line. */
export function configurationOf(log: Log): Configuration | undefined {
  const record = lastOf(log, 'configuration')
  return record === undefined ? undefined : (JSON.parse(record.content) as Configuration)
}
