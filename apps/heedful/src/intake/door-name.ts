/** What a door is called: part of the ids of its lines, so the same lines have the same name wherever they are read. */
import { createHash } from 'node:crypto'
import type { Source } from '@heedful/stream'

/**
 * Files of one format share a door, so that a log is read the same however it was cut into files; and of one zone, where
 * stamps carry none; and of one mapping, where one says what the lines mean.
 */
export function doorName({ id, stamp, mapping }: Source, timezone: string): string {
  const format = mapping === undefined ? id : `${id} ${createHash('sha256').update(mapping).digest('hex').slice(0, 16)}`
  return stamp.zone ? `${format} in ${timezone}` : format
}
