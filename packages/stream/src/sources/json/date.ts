/** A date as documents write it. */
import { readRfc3339, wallClock } from '../stamp.ts'

const LATEST = 8.64e15

/** As Elasticsearch takes it (`strict_date_optional_time||epoch_millis`): ms UTC, or NaN. Without an offset it is UTC. */
export function readDate(value: unknown): number {
  if (typeof value === 'number') return Math.abs(value) <= LATEST ? Math.floor(value) : Number.NaN
  if (typeof value !== 'string' || value.length > 64) return Number.NaN
  const stamp = readRfc3339(value, 0)
  if (stamp === undefined) return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (stamp.end !== value.length) return Number.NaN
  return wallClock(stamp.year, stamp) - (Number.isNaN(stamp.ahead) ? 0 : stamp.ahead)
}
