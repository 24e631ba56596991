/** Where a list goes on: opaque to whoever gets one, checked when it comes back. */
import { Refusal } from '../serving/refusal.ts'

export const writeCursor = (at: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(at)).toString('base64url')

const invalid = () =>
  new Refusal('cursor-invalid', 'this cursor is none of ours, or of another list', {
    status: 400,
    wayOut: 'ask again without a cursor, from the start of the list',
  })

/** A number and a text, as they were written. Throws `Refusal` cursor-invalid. */
export function readCursor(cursor: string): [number, string] {
  let read: unknown
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw invalid()
  }
  if (!Array.isArray(read) || read.length !== 2 || typeof read[0] !== 'number' || typeof read[1] !== 'string')
    throw invalid()
  return [read[0], read[1]]
}
