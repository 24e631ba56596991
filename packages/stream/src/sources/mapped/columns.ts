/** The first line of a file names its columns: it becomes part of the mapping, so that every line is read without it. */
import { isMembers } from '../json/document.ts'
import { splitRecord } from './csv.ts'
import { MappingError } from './mapping-error.ts'
import { readCharacter, readPlainText } from './plain-mapping.ts'

/** Whether the mapping leaves it to the file to name its columns. */
export const needsColumns = (plain: unknown): boolean =>
  isMembers(plain) && plain['format'] === 'csv' && plain['columns'] === undefined

/** The mapping with the columns that the first of `lines` names that is neither empty nor a comment. Throws `MappingError`. */
export function withColumns(plain: unknown, lines: readonly string[]): unknown {
  if (!needsColumns(plain) || !isMembers(plain)) return plain
  if (plain['header'] === false)
    throw new MappingError(['columns'], 'name all columns in their order: "header: false" says that the file does not')
  const comment = plain['comment'] === undefined ? '' : readPlainText(plain['comment'], ['comment'])
  const first = lines.find((line) => line.trim() !== '' && (comment === '' || !line.startsWith(comment)))
  if (first === undefined) throw new MappingError(['columns'], 'there is no line that names them')
  const delimiter = plain['delimiter'] === undefined ? ',' : readCharacter(plain['delimiter'], ['delimiter'])
  const quote =
    plain['quote'] === undefined ? '"' : plain['quote'] === '' ? '' : readCharacter(plain['quote'], ['quote'])
  const split = splitRecord(first.replace(/^\uFEFF/, ''), { delimiter, quote })
  if (split.kind !== 'fields')
    throw new MappingError(['columns'], 'the first line names no columns: a quote in it does not end there')
  return { ...plain, columns: split.fields }
}
