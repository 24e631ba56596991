/** One document a line → one event. Keeps nothing between lines. */
import type { Event } from '../../event.ts'
import { type Members, readDocument, refused, TOO_DEEP } from '../json/document.ts'
import { checkState, type FormatState } from '../json/stateless.ts'
import type { Parsed, Parser } from '../source.ts'
import { sortFields } from './fields.ts'
import { toEvent } from './to-event.ts'

const FORMAT = 'ecs-ndjson'

function refuseStamp(document: Members): Parsed {
  return Object.hasOwn(document, '@timestamp')
    ? refused('stamp_invalid', '@timestamp is no date')
    : refused('stamp_missing', 'there is no @timestamp')
}

export class EcsParser implements Parser {
  /** Throws `SourceError` state_foreign. */
  constructor(saved?: unknown) {
    checkState(saved, FORMAT)
  }

  parse(line: string, time: number, id: () => string, position: number): Parsed {
    return readDocument(line, (document) => {
      if (Number.isNaN(time)) return refuseStamp(document)
      const fields = sortFields(document)
      return fields.tooDeep ? TOO_DEEP : { kind: 'events', events: [toEvent(fields, time, id, position)] }
    })
  }

  flush(): Event[] {
    return []
  }

  save(): FormatState {
    return { format: FORMAT, version: 1 }
  }
}
