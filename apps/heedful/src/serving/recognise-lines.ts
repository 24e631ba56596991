/** Which format lines are of whose sender does not say it: what they look like, else what the sender sent before. */
import type { Source } from '@heedful/stream'
import { recognise } from '@heedful/stream/sources/recognise'
import { SourceError } from '@heedful/stream/sources/source-error'
import { plainFormatIds, sourceOfDoor } from '../intake/formats.ts'
import type { Line } from '../intake/lines.ts'
import type { Doors } from './doors.ts'
import { Refusal } from './refusal.ts'

/** Throws `Refusal` where nobody knows. */
export function recogniseLines(lines: readonly Line[], source: string, doors: Doors): Source {
  try {
    return recognise(lines.slice(0, 200).map(({ text }) => text))
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    const before = doors.list.filter(({ name }) => name.startsWith(`${source}:`)).at(-1)
    const known = before && sourceOfDoor(before)
    // A damaged line of a known sender goes to the dead letters instead.
    if (known !== undefined) return known
    throw new Refusal('format-unknown', `${error.message.split(' Known formats:')[0]}`, {
      status: 422,
      wayOut: `if you know the format, say so: ?format=${plainFormatIds().join(' or ?format=')}`,
    })
  }
}
