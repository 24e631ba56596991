import { Refusal } from '../serving/refusal.ts'

/** ISO 8601 → ms UTC; a time without a zone is UTC, wherever the server stands. Throws `Refusal` request-invalid. */
export function readIso(text: string, name: string): number {
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text)
  const [, clock, zone] = match ?? []
  const time = match === null ? Number.NaN : Date.parse(clock !== undefined && zone === undefined ? `${text}Z` : text)
  if (!Number.isNaN(time)) return time
  throw new Refusal('request-invalid', `${name} "${text.slice(0, 64)}" is no time`, {
    status: 400,
    wayOut: 'write it as 2026-03-04T08:00:00Z',
  })
}
