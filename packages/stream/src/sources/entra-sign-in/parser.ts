/** One record a line → one event. Keeps nothing between lines. */
import { isDeeper, type Members, readDocument, refused, TOO_DEEP } from '../json/document.ts'
import { checkState, type FormatState } from '../json/stateless.ts'
import type { Parsed, Parser } from '../source.ts'
import { Fields } from './fields.ts'
import { toEvent } from './to-event.ts'

const FORMAT = 'entra-sign-in'

/** A page of the Graph API, or a message of an event hub: records in a list of one line. */
function listIn(document: Members): string | undefined {
  return ['value', 'records'].find((key) => Object.hasOwn(document, key) && Array.isArray(document[key]))
}

export class EntraParser implements Parser {
  /** Throws `SourceError` state_foreign. */
  constructor(saved?: unknown) {
    checkState(saved, FORMAT)
  }

  parse(line: string, time: number, id: () => string, position: number): Parsed {
    return readDocument(line, (document) => {
      const list = listIn(document)
      if (list !== undefined) {
        return refused('records_in_list', `the records stand in a list; write one a line: jq -c '.${list}[]'`)
      }
      if (Number.isNaN(time)) return refused('stamp_missing', 'no createdDateTime, TimeGenerated or time is a date')
      return isDeeper(document) ? TOO_DEEP : this.read(Fields.ofRecord(document), time, id, position)
    })
  }

  flush(): [] {
    return []
  }

  save(): FormatState {
    return { format: FORMAT, version: 1 }
  }

  private read(fields: Fields, time: number, id: () => string, position: number): Parsed {
    const category = fields.peek('category')
    if (category !== undefined && !/sign-?in/i.test(category)) {
      return refused('category_unknown', `"${category.slice(0, 64)}" is no category of sign-ins`)
    }
    const event = toEvent(fields, time, id, position)
    return event === undefined
      ? refused('shape_unknown', 'neither a user nor an address signs in here')
      : { kind: 'events', events: [event] }
  }
}
