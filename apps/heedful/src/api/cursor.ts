/** Where a list goes on: opaque to whoever gets one, checked when it comes back. */
import { Refusal } from '../serving/refusal.ts'

export type List = 'alerts' | 'dead-letters'

export const writeCursor = (list: List, at: number, id: string): string =>
  Buffer.from(JSON.stringify([list, at, id])).toString('base64url')

const invalid = () =>
  new Refusal('cursor-invalid', 'this cursor is none of ours, or of another list', {
    status: 400,
    wayOut: 'ask again without a cursor, from the start of the list',
  })

/** A number and a text, as they were written. Throws `Refusal` cursor-invalid. */
export function readCursor(list: List, cursor: string): [number, string] {
  let read: unknown
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw invalid()
  }
  if (!Array.isArray(read) || read.length !== 3) throw invalid()
  const [of, at, id] = read as unknown[]
  if (of !== list || typeof at !== 'number' || !Number.isFinite(at) || typeof id !== 'string') throw invalid()
  return [at, id]
}
