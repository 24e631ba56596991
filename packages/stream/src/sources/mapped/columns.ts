/** The first line of a file names its columns: it becomes part of the mapping, so that every line is read without it. */
import { isMembers, type Members } from '../json/document.ts'
import { splitRecord } from './csv.ts'
import { MappingError } from './mapping-error.ts'
import { readCharacter, readPlainText } from './plain-mapping.ts'

/** Whether the mapping leaves it to the file to name its columns. */
export const needsColumns = (plain: unknown): boolean =>
  isMembers(plain) && plain['format'] === 'csv' && plain['columns'] === undefined

/** A file whose first line names the columns in another order would be misread from there on. */
function refuseOtherOrder({ columns }: Members, first: readonly string[]): void {
  if (!Array.isArray(columns) || first.every((name, at) => name === columns[at])) return
  const named = first.filter((name) => name !== '' && columns.includes(name))
  if (named.length < 2 || named.length * 2 < first.length) return
  throw new MappingError(
    ['columns'],
    `the first line of the file names other columns, or another order (${first.slice(0, 20).join(', ').slice(0, 200)}); leave "columns" out to read each file by its own first line`,
  )
}

/** The mapping with the columns that the first of `lines` names that is neither empty nor a comment. Throws `MappingError`. */
export function withColumns(plain: unknown, lines: readonly string[]): unknown {
  if (!isMembers(plain) || plain['format'] !== 'csv') return plain
  const isOpen = needsColumns(plain)
  if (isOpen && plain['header'] === false)
    throw new MappingError(['columns'], 'name all columns in their order: "header: false" says that the file does not')
  const comment = plain['comment'] === undefined ? '' : readPlainText(plain['comment'], ['comment'])
  const first = lines.find((line) => line.trim() !== '' && (comment === '' || !line.startsWith(comment)))
  if (!isOpen && (first === undefined || plain['header'] === false)) return plain
  if (first === undefined) throw new MappingError(['columns'], 'there is no line that names them')
  const delimiter = plain['delimiter'] === undefined ? ',' : readCharacter(plain['delimiter'], ['delimiter'])
  const quote =
    plain['quote'] === undefined ? '"' : plain['quote'] === '' ? '' : readCharacter(plain['quote'], ['quote'])
  const split = splitRecord(first.replace(/^\uFEFF/, ''), { delimiter, quote })
  if (!isOpen) {
    if (split.kind === 'fields') refuseOtherOrder(plain, split.fields)
    return plain
  }
  if (split.kind !== 'fields')
    throw new MappingError(['columns'], 'the first line names no columns: a quote in it does not end there')
  return { ...plain, columns: split.fields }
}
