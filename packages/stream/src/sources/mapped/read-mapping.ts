/**
 * What a mapping file says → a `Mapping`. It is data alone: columns, constants, tables, patterns; nothing in it is run.
 * Whatever is wrong is told with its key before any line is read.
 */

import { MOST_PARTS } from '../json/paths.ts'
import { SourceError } from '../source-error.ts'
import { TimeZone } from '../time-zone.ts'
import { MOST_FIELDS } from './csv.ts'
import type { Condition, Field, Form, Mapping, Rule } from './mapping.ts'
import { type KeyPath, MappingError, unknownName } from './mapping-error.ts'
import {
  readCharacter,
  readObject,
  readPlainFlag,
  readPlainText,
  readPlainTexts,
  refuseUnknown,
} from './plain-mapping.ts'
import { compileFormat, NAMED_FORMATS, whyNoFormat } from './time-format.ts'
import { FIELDS, type FieldKind } from './vocabulary.ts'

const KEYS = [
  'version',
  'name',
  'format',
  'delimiter',
  'quote',
  'header',
  'columns',
  'comment',
  'empty',
  'time',
  'fields',
  'rules',
]
const OF_CSV = ['delimiter', 'quote', 'header', 'columns', 'comment']
const MOST_COLUMNS = 1024
const MOST_RULES = 200
const MOST_VALUES = 1000
const MOST_CHOICES = 8

/** Columns or paths, each in a slot of its own the first time that it is named. */
class Inputs {
  readonly names: string[] = []
  private readonly columns: readonly string[] | undefined

  constructor(columns: readonly string[] | undefined) {
    this.columns = columns
  }

  slot(name: string, path: KeyPath): number {
    this.check(name, path)
    const known = this.names.indexOf(name)
    return known >= 0 ? known : this.names.push(name) - 1
  }

  private check(name: string, path: KeyPath): void {
    if (name === '') throw new MappingError(path, 'the name of a column or a path is wanted here')
    const { columns } = this
    if (columns !== undefined) {
      if (!columns.includes(name)) throw new MappingError(path, unknownName('column', name, columns))
    } else if (name.split('.').length > MOST_PARTS) {
      throw new MappingError(path, `a path has at most ${MOST_PARTS} parts`)
    }
  }
}

function fieldKind(name: string, path: KeyPath): FieldKind {
  const kind = FIELDS.get(name)
  if (kind === undefined) throw new MappingError(path, unknownName('field of events', name, [...FIELDS.keys()]))
  return kind
}

/** A text that a person wrote for a field of the event. */
function readValue(value: unknown, kind: FieldKind, path: KeyPath): string {
  const text = readPlainText(value, path)
  if (text === '') throw new MappingError(path, 'an empty text says nothing; leave it out')
  if (kind.values !== undefined && !kind.values.includes(text)) {
    throw new MappingError(path, unknownName('value', text, kind.values))
  }
  return text
}

function readTable(value: unknown, kind: FieldKind, path: KeyPath): Map<string, string> {
  const entries = readObject(value, path, MOST_VALUES)
  return new Map([...entries].map(([from, to]) => [from.trim().toLowerCase(), readValue(to, kind, [...path, from])]))
}

/** `column`, `[column, column]`, `{from, values, else}` or `{value}`. */
function readField(name: string, value: unknown, inputs: Inputs, path: KeyPath): Field {
  const kind = fieldKind(name, path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { name, kind, slots: slotsOf(value, inputs, path) }
  }
  const said = readObject(value, path)
  refuseUnknown(said, ['from', 'values', 'else', 'value'], path)
  if (said.has('value')) {
    if (said.size > 1) throw new MappingError(path, '"value" is what the field always is; it goes with no other key')
    return { name, kind, slots: [], constant: readValue(said.get('value'), kind, [...path, 'value']) }
  }
  if (!said.has('from'))
    throw new MappingError(path, 'name a column with "from", or a text that it always is with "value"')
  const field: Field = { name, kind, slots: slotsOf(said.get('from'), inputs, [...path, 'from']) }
  if (said.has('values')) field.table = readTable(said.get('values'), kind, [...path, 'values'])
  if (said.has('else')) {
    if (field.table === undefined)
      throw new MappingError(
        [...path, 'else'],
        'it says what a text is that "values" does not list; there is no "values"',
      )
    field.otherwise = readValue(said.get('else'), kind, [...path, 'else'])
  }
  return field
}

const slotsOf = (value: unknown, inputs: Inputs, path: KeyPath): number[] =>
  readPlainTexts(value, path, MOST_CHOICES).map((name) => inputs.slot(name, path))

function readForm(text: string): Form {
  const openStart = text.length > 1 && text.startsWith('*')
  const openEnd = text.endsWith('*')
  const inner = text.slice(openStart ? 1 : 0, openEnd ? -1 : undefined)
  return { text: inner.trim().toLowerCase(), openStart, openEnd }
}

function readConditions(value: unknown, inputs: Inputs, path: KeyPath): Condition[] {
  const entries = readObject(value, path, 16)
  if (entries.size === 0)
    throw new MappingError(path, 'a rule without a condition would always apply; say it under "fields"')
  return [...entries].map(([column, wanted]) => {
    const place = [...path, column]
    return { slot: inputs.slot(column, place), forms: readPlainTexts(wanted, place, MOST_VALUES).map(readForm) }
  })
}

function readRule(value: unknown, inputs: Inputs, path: KeyPath): Rule {
  const said = readObject(value, path)
  refuseUnknown(said, ['when', 'set', 'skip'], path)
  if (!said.has('when')) throw new MappingError(path, 'a rule says "when" it applies')
  const skip = said.has('skip') && readPlainFlag(said.get('skip'), [...path, 'skip'])
  if (skip === said.has('set'))
    throw new MappingError(path, 'a rule either sets fields ("set") or drops the line ("skip: true")')
  const set = skip ? [] : [...readObject(said.get('set'), [...path, 'set'])]
  return {
    when: readConditions(said.get('when'), inputs, [...path, 'when']),
    set: set.map(([name, text]) => {
      const place = [...path, 'set', name]
      const kind = fieldKind(name, place)
      return { name, kind, text: readValue(text, kind, place) }
    }),
    skip,
  }
}

function readZone(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const zone = readPlainText(value, ['time', 'zone'])
  try {
    new TimeZone(zone)
  } catch (error) {
    throw new MappingError(['time', 'zone'], error instanceof SourceError ? error.message : 'it is no time zone')
  }
  return zone
}

function readTime(value: unknown, inputs: Inputs): Mapping['time'] {
  if (value === undefined)
    throw new MappingError(
      ['time'],
      'it is missing: say where the time stands, as in "time: {from: timestamp, format: iso}"',
    )
  const said = typeof value === 'string' ? new Map<string, unknown>([['from', value]]) : readObject(value, ['time'])
  refuseUnknown(said, ['from', 'format', 'zone'], ['time'])
  if (!said.has('from')) throw new MappingError(['time'], 'name the column with "from" (several are joined by a blank)')
  const formats = readPlainTexts(said.get('format') ?? 'iso', ['time', 'format'], MOST_CHOICES)
  for (const format of formats) {
    const why = whyNoFormat(format)
    if (why !== undefined)
      throw new MappingError(['time', 'format'], `${why} (${NAMED_FORMATS.join(', ')} or a pattern)`)
  }
  return {
    slots: slotsOf(said.get('from'), inputs, ['time', 'from']),
    formats: formats.map(compileFormat),
    zone: readZone(said.get('zone')),
  }
}

export function readColumns(value: unknown): string[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length < 1)
    throw new MappingError(['columns'], 'a list of the names of all columns, in their order, is wanted here')
  if (value.length > MOST_COLUMNS)
    throw new MappingError(['columns'], `${value.length} columns are more than ${MOST_COLUMNS}`)
  return value.map((name, at) => readPlainText(name, ['columns', at]))
}

function readCsvForm(said: ReadonlyMap<string, unknown>): Mapping['form'] {
  const columns = readColumns(said.get('columns'))
  if (columns === undefined)
    throw new MappingError(
      ['columns'],
      'they are missing: name all columns in their order, or read a file whose first line names them',
    )
  const delimiter = said.has('delimiter') ? readCharacter(said.get('delimiter'), ['delimiter']) : ','
  const quote = said.get('quote') === '' ? '' : said.has('quote') ? readCharacter(said.get('quote'), ['quote']) : '"'
  if (quote === delimiter) throw new MappingError(['quote'], 'it is the delimiter; two different characters are wanted')
  return {
    kind: 'csv',
    dialect: { delimiter, quote },
    columns: columns.slice(0, MOST_FIELDS),
    header: said.has('header') ? readPlainFlag(said.get('header'), ['header']) : true,
    comment: said.has('comment') ? readPlainText(said.get('comment'), ['comment']) : '',
  }
}

function readFormOf(said: ReadonlyMap<string, unknown>): Mapping['form'] {
  const format = said.get('format')
  if (format === 'csv') return readCsvForm(said)
  if (format !== 'json') throw new MappingError(['format'], 'it says how lines are written: csv or json')
  const foreign = OF_CSV.find((key) => said.has(key))
  if (foreign !== undefined) throw new MappingError([foreign], 'it belongs to CSV; this mapping is of JSON lines')
  return { kind: 'json' }
}

/** Throws `MappingError` naming the key. `plain`: strings, numbers, booleans, null, arrays and records of them. */
export function readMapping(plain: unknown): Mapping {
  const said = readObject(plain, [])
  refuseUnknown(said, KEYS, [])
  if ((said.get('version') ?? 1) !== 1) throw new MappingError(['version'], 'this build reads version 1')
  const form = readFormOf(said)
  const inputs = new Inputs(form.kind === 'csv' ? form.columns : undefined)
  const time = readTime(said.get('time'), inputs)
  const fields = [...readObject(said.get('fields') ?? {}, ['fields'])]
  const rules = said.get('rules') ?? []
  if (!Array.isArray(rules) || rules.length > MOST_RULES)
    throw new MappingError(['rules'], `a list of at most ${MOST_RULES} rules is wanted here`)
  const mapping: Mapping = {
    name: said.has('name') ? readPlainText(said.get('name'), ['name']) : '',
    form,
    inputs: inputs.names,
    empty: new Set((said.has('empty') ? readEmpty(said.get('empty')) : []).map((text) => text.toLowerCase())),
    time,
    fields: fields.map(([name, value]) => readField(name, value, inputs, ['fields', name])),
    rules: rules.map((rule, at) => readRule(rule, inputs, ['rules', at])),
  }
  checkClass(mapping)
  return mapping
}

const readEmpty = (value: unknown): string[] =>
  Array.isArray(value) && value.length === 0 ? [] : readPlainTexts(value, ['empty'], 100)

/** Without a class nothing is ever concluded from an event. */
function checkClass({ fields, rules }: Mapping): void {
  const isSet =
    fields.some(({ name }) => name === 'class') || rules.some(({ set }) => set.some(({ name }) => name === 'class'))
  if (!isSet) {
    throw new MappingError(
      ['fields'],
      'nothing says what kind of events these are; for log-ins write "class: {value: authentication}" (others: authorize_session, account_change, file_activity, application_activity, other)',
    )
  }
}
