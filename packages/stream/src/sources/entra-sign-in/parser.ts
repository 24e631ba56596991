/** One record a line → one event. Keeps nothing between lines. */
import { isMembers } from '../ecs-ndjson/fields.ts'
import { LONGEST } from '../ecs-ndjson/timestamp.ts'
import type { Parsed, Parser } from '../source.ts'
import { SourceError } from '../source-error.ts'
import { Fields, isDeeper } from './fields.ts'
import { toEvent } from './to-event.ts'

const refused = (reason: string, detail: string): Parsed => ({ kind: 'refused', reason, detail })

function readDocument(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A page of the Graph API, or a message of an event hub: records in a list of one line. */
function listIn(document: { readonly [key: string]: unknown }): string | undefined {
  return ['value', 'records'].find((key) => Object.hasOwn(document, key) && Array.isArray(document[key]))
}

type EntraState = { format: 'entra-sign-in'; version: 1 }

export class EntraParser implements Parser {
  /** Throws `SourceError` state_foreign. */
  constructor(saved?: unknown) {
    const state = saved as EntraState | undefined
    if (state !== undefined && (state.format !== 'entra-sign-in' || state.version !== 1)) {
      throw new SourceError('state_foreign', 'this is no state of an entra-sign-in parser of version 1')
    }
  }

  parse(line: string, time: number, id: () => string, position: number): Parsed {
    if (line.length > LONGEST) return refused('line_too_long', `${line.length} characters, more than ${LONGEST}`)
    if (line.trim() === '') return { kind: 'absorbed', why: 'an empty line' }
    const document = readDocument(line)
    if (document === undefined) return refused('json_invalid', 'the line is not one whole JSON value')
    if (!isMembers(document)) return refused('json_no_object', 'the line is JSON, but no object')
    const list = listIn(document)
    if (list !== undefined) {
      return refused('records_in_list', `the records stand in a list; write one a line: jq -c '.${list}[]'`)
    }
    if (Number.isNaN(time)) return refused('stamp_missing', 'no createdDateTime, TimeGenerated or time is a date')
    if (isDeeper(document)) return refused('json_too_deep', 'a value is nested more than 32 deep')
    return this.read(Fields.ofRecord(document), time, id, position)
  }

  flush(): [] {
    return []
  }

  save(): EntraState {
    return { format: 'entra-sign-in', version: 1 }
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
