/** How the lines of a sample are written, and their records as texts by column or path. */

import { canonicalAddress } from '@heedful/stream/enrich/address'
import { isDeeper, isMembers, type Members } from '@heedful/stream/sources/json/document'
import { MOST_PARTS } from '@heedful/stream/sources/json/paths'
import { readText } from '@heedful/stream/sources/json/values'
import { CsvLines } from '@heedful/stream/sources/mapped/csv-lines'
import { CommandError } from '../errors.ts'

export interface Shape {
  form: { kind: 'json' } | { kind: 'csv'; delimiter: string; header: boolean; comment: string }
  /** Columns in their order, or paths in the order of their first appearance. */
  columns: string[]
  /** Texts by place in `columns`; empty where there is nothing. */
  records: string[][]
  /** Records that are not of this shape. */
  odd: number
}

const DELIMITERS = [',', ';', '\t', '|']
/** Members of documents that are looked at. */
const MOST_PATHS = 500
const LONGEST = 1000

function parseDocument(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isMembers(value) && !isDeeper(value) ? value : undefined
  } catch {
    return undefined
  }
}

function addLeaves(members: Members, prefix: string, depth: number, leaves: Map<string, string>): void {
  for (const [key, value] of Object.entries(members)) {
    const path = prefix + key
    if (isMembers(value)) {
      if (depth < MOST_PARTS) addLeaves(value, `${path}.`, depth + 1, leaves)
      continue
    }
    const text = readText(value, LONGEST)?.trim()
    if (text !== undefined && text !== '' && key !== '' && path.split('.').length <= MOST_PARTS) leaves.set(path, text)
  }
}

function jsonShape(lines: readonly string[]): Shape {
  const places = new Map<string, number>()
  const records: string[][] = []
  let odd = 0
  for (const line of lines) {
    const document = parseDocument(line)
    if (document === undefined) {
      odd++
      continue
    }
    const leaves = new Map<string, string>()
    addLeaves(document, '', 1, leaves)
    const record: string[] = []
    for (const [path, text] of leaves) {
      if (!places.has(path) && places.size < MOST_PATHS) places.set(path, places.size)
      const place = places.get(path)
      if (place !== undefined) record[place] = text
    }
    records.push(record)
  }
  const columns = [...places.keys()]
  return {
    form: { kind: 'json' },
    columns,
    records: records.map((record) => columns.map((_, at) => record[at] ?? '')),
    odd,
  }
}

interface Split {
  delimiter: string
  records: string[][]
  /** The number of fields that most records have. */
  width: number
  /** Share of records that have it. */
  share: number
}

function splitBy(delimiter: string, lines: readonly string[]): Split {
  const reader = new CsvLines({ delimiter, quote: '"' })
  const records: string[][] = []
  for (const line of lines) {
    const joined = reader.add(line)
    if (joined.kind === 'fields') records.push(joined.fields)
  }
  const counts = new Map<number, number>()
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [width, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  return { delimiter, records, width, share: count / Math.max(1, records.length) }
}

const looksLikeValue = (text: string): boolean =>
  /^[-+]?\d+(?:[.,]\d+)?$/.test(text) ||
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d/.test(text) ||
  canonicalAddress(text) !== undefined

/** Names are words, each its own; none of them is a value, or comes again as one in its column. */
function isHeader(first: readonly string[], others: readonly string[][]): boolean {
  const named = first.filter((field) => field.trim() !== '')
  if (named.length * 2 < first.length || named.some(looksLikeValue) || new Set(named).size < named.length) return false
  const rows = others.filter((record) => !record.every((field, at) => field === first[at]))
  return first.every((field, at) => field === '' || !rows.some((record) => record[at] === field))
}

function csvShape(lines: readonly string[], name: string): Shape {
  const named = lines.find((line) => /^#fields[ \t]/.test(line))
  const comment = lines.find((line) => line.trim() !== '')?.startsWith('#') ? '#' : ''
  const bare = comment === '' ? lines : lines.filter((line) => !line.startsWith(comment))
  const splits = DELIMITERS.map((delimiter) => splitBy(delimiter, bare)).filter(({ width }) => width > 1)
  const best = splits.sort((a, b) => b.share - a.share || b.width - a.width)[0]
  if (best === undefined || best.share < 0.6) throw unknownShape(name, lines)
  const whole = best.records.filter(({ length }) => length === best.width)
  const first = whole[0] as string[]
  // Zeek names its columns in a comment.
  const given = named?.slice('#fields'.length + 1).split(best.delimiter)
  const isGiven = given?.length === best.width
  const header = !isGiven && isHeader(first, whole.slice(1))
  return {
    form: { kind: 'csv', delimiter: best.delimiter, header, comment },
    columns: header ? first : isGiven ? given : first.map((_, at) => `column ${at + 1}`),
    records: (header ? whole.slice(1) : whole).map((record) => record.map((field) => field.trim().slice(0, LONGEST))),
    odd: best.records.length - whole.length,
  }
}

function unknownShape(name: string, [first = '']: readonly string[]): CommandError {
  const list = /^\s*\[/.test(first) || first.trim() === '{'
  const wayOut = list
    ? "write the records of a JSON list one a line: jq -c '.[]'"
    : 'a mapping reads tables (comma, semicolon, tabulator or | between fields) and JSON, one object a line; convert it first'
  return new CommandError('format-unknown', `${name}: its lines are neither a table nor JSON objects`, wayOut)
}

/** Throws `input-empty`, or `format-unknown` where the lines are neither. */
export function readShape(lines: readonly string[], name: string): Shape {
  const full = lines.filter((line) => line.trim() !== '')
  if (full.length === 0)
    throw new CommandError('input-empty', `${name}: no line has text`, 'name a file with lines in it')
  const json = full.filter((line) => line.startsWith('{') && parseDocument(line) !== undefined).length
  const shape = json * 2 > full.length ? jsonShape(full) : csvShape(full, name)
  if (shape.records.length === 0)
    throw new CommandError(
      'input-empty',
      `${name}: no line but the one that names the columns has text`,
      'name a file with records in it',
    )
  return shape
}
