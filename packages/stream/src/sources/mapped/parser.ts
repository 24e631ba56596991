/** One record → one event, by a mapping. Keeps between lines only the beginning of a record that goes on. */
import { LONGEST, type Members, readDocument, refused, TOO_DEEP } from '../json/document.ts'
import type { Parsed, Parser } from '../source.ts'
import { SourceError } from '../source-error.ts'
import { CsvLines, type Held } from './csv-lines.ts'
import type { Mapping } from './mapping.ts'
import { timeText } from './read-time.ts'
import { openColumns, openPaths, type RecordText } from './record.ts'
import { isSkipped, toEvent } from './to-event.ts'

export const FORMAT = 'mapped'

/** Where the record that is held began. */
type Beginning = { id: string; position: number; time: number }

type MappedState = { format: 'mapped'; version: 1; held: (Beginning & Held) | null }

function readState(saved: unknown): MappedState {
  const state = saved as MappedState | undefined
  if (state === undefined) return { format: FORMAT, version: 1, held: null }
  if (state.format === FORMAT && state.version === 1) return state
  throw new SourceError('state_foreign', `this is no state of a ${FORMAT} parser of version 1`)
}

/** Whatever its form, a record with its texts ends here. */
function tell(mapping: Mapping, record: RecordText, time: number, id: () => string, position: number): Parsed {
  if (isSkipped(mapping, record.texts)) return { kind: 'absorbed', why: 'dropped by a rule of the mapping' }
  if (Number.isNaN(time)) return refuseStamp(mapping, record.texts)
  return { kind: 'events', events: [toEvent(mapping, record, time, id, position)] }
}

function refuseStamp(mapping: Mapping, texts: readonly string[]): Parsed {
  const text = timeText(mapping, texts)
  const from = mapping.time.slots.map((slot) => mapping.inputs[slot]).join(' and ')
  return text === ''
    ? refused('stamp_missing', `there is no time in ${from}`)
    : refused('stamp_invalid', `"${text.slice(0, 64)}" in ${from} is no time in the format of the mapping`)
}

export function openJsonParser(mapping: Mapping, saved: unknown): Parser {
  const state = readState(saved)
  const read = openPaths(mapping)
  return {
    parse: (line, time, id, position) =>
      readDocument(line, (document: Members) => {
        const record = read(document)
        return record.tooDeep ? TOO_DEEP : tell(mapping, record, time, id, position)
      }),
    flush: () => [],
    save: () => state,
  }
}

export class CsvParser implements Parser {
  private readonly mapping: Mapping
  private readonly form: Extract<Mapping['form'], { kind: 'csv' }>
  private readonly lines: CsvLines
  private readonly read: (fields: readonly string[]) => RecordText
  private beginning: Beginning | undefined

  /** Throws `SourceError` state_foreign. */
  constructor(mapping: Mapping, form: Extract<Mapping['form'], { kind: 'csv' }>, saved: unknown) {
    const { held } = readState(saved)
    this.mapping = mapping
    this.form = form
    this.read = openColumns(mapping, form.columns)
    this.lines = new CsvLines(form.dialect, held === null ? undefined : { text: held.text, lines: held.lines })
    if (held !== null) this.beginning = { id: held.id, position: held.position, time: held.time }
  }

  parse(line: string, time: number, id: () => string, position: number): Parsed {
    if (line.length > LONGEST) return refused('line_too_long', `${line.length} characters, more than ${LONGEST}`)
    if (this.beginning === undefined) {
      if (line.trim() === '') return { kind: 'absorbed', why: 'an empty line' }
      if (this.form.comment !== '' && line.startsWith(this.form.comment)) return { kind: 'absorbed', why: 'a comment' }
    }
    const joined = this.lines.add(line)
    if (joined.kind === 'held') {
      this.beginning ??= { id: id(), position, time }
      return { kind: 'absorbed', why: 'a line of a record that goes on in the next one' }
    }
    const { beginning } = this
    this.beginning = undefined
    if (joined.kind === 'broken') return refused('csv_quote', joined.detail)
    if (beginning === undefined) return this.tellFields(joined.fields, time, id, position)
    const stamp = Number.isNaN(time) ? beginning.time : time
    return this.tellFields(joined.fields, stamp, () => beginning.id, beginning.position)
  }

  flush(): [] {
    return []
  }

  save(): MappedState {
    const held = this.lines.save()
    const { beginning } = this
    const isHeld = held !== undefined && beginning !== undefined
    return { format: FORMAT, version: 1, held: isHeld ? { ...beginning, ...held } : null }
  }

  private tellFields(fields: readonly string[], time: number, id: () => string, position: number): Parsed {
    const { columns, header } = this.form
    if (fields.length !== columns.length) {
      return refused('csv_columns', `${fields.length} fields where the mapping names ${columns.length} columns`)
    }
    if (header && fields.every((field, at) => field === columns[at]))
      return { kind: 'absorbed', why: 'a line that names the columns' }
    if (Number.isNaN(time) && fields.length > 1 && fields.every((field) => columns.includes(field))) {
      return refused(
        'csv_header',
        'the line names the columns in another order than the mapping; lines behind it may be misread',
      )
    }
    return tell(this.mapping, this.read(fields), time, id, position)
  }
}
