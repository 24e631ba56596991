/** One document a line → one event. Keeps nothing between lines. */
import type { Event } from '../../event.ts'
import type { Parsed, Parser } from '../source.ts'
import { SourceError } from '../source-error.ts'
import { isMembers, sortFields } from './fields.ts'
import { LONGEST } from './timestamp.ts'
import { toEvent } from './to-event.ts'

const refused = (reason: string, detail: string): Parsed => ({ kind: 'refused', reason, detail })

function readDocument(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

type EcsState = { format: 'ecs-ndjson'; version: 1 }

export class EcsParser implements Parser {
  /** Throws `SourceError` state_foreign. */
  constructor(saved?: unknown) {
    const state = saved as EcsState | undefined
    if (state !== undefined && (state.format !== 'ecs-ndjson' || state.version !== 1)) {
      throw new SourceError('state_foreign', 'this is no state of an ecs-ndjson parser of version 1')
    }
  }

  parse(line: string, time: number, id: () => string, position: number): Parsed {
    if (line.length > LONGEST) return refused('line_too_long', `${line.length} characters, more than ${LONGEST}`)
    if (line.trim() === '') return { kind: 'absorbed', why: 'an empty line' }
    const document = readDocument(line)
    if (document === undefined) return refused('json_invalid', 'the line is not one whole JSON value')
    if (!isMembers(document)) return refused('json_no_object', 'the line is JSON, but no object')
    if (Number.isNaN(time)) {
      const given = Object.hasOwn(document, '@timestamp')
      return refused(
        given ? 'stamp_invalid' : 'stamp_missing',
        given ? '@timestamp is no date' : 'there is no @timestamp',
      )
    }
    const fields = sortFields(document)
    if (fields.tooDeep) return refused('json_too_deep', 'a value is nested more than 32 deep')
    return { kind: 'events', events: [toEvent(fields, time, id, position)] }
  }

  flush(): Event[] {
    return []
  }

  save(): EcsState {
    return { format: 'ecs-ndjson', version: 1 }
  }
}
