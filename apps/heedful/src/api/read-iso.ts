import { Refusal } from '../serving/refusal.ts'

/** ISO 8601 → ms UTC. Throws `Refusal` request-invalid. */
export function readIso(text: string, name: string): number {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new Refusal('request-invalid', `${name} "${text.slice(0, 64)}" is no time`, {
    status: 400,
    wayOut: 'write it as 2026-03-04T08:00:00Z',
  })
}
