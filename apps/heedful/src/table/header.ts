/** The first line of a table: how fields are separated, and the names of the columns. */
import { CommandError } from '../errors.ts'
import { type Input, openBytes } from '../intake/bytes.ts'
import { CsvRecords, MOST_COLUMNS } from './csv-records.ts'

export interface Header {
  /** The byte between fields. */
  readonly separator: number
  /** One a column, all different; one without a name is called by its place. */
  readonly names: readonly string[]
}

/** Comma, semicolon, tab, bar: the one that stands most often in the first line, outside of quotes. */
const SEPARATORS = [44, 59, 9, 124]
const BYTE_ORDER_MARK = '\uFEFF'

function findSeparator(bytes: Uint8Array): number {
  const counts = new Map(SEPARATORS.map((separator) => [separator, 0]))
  let quoted = false
  for (const byte of bytes) {
    if (byte === 34) quoted = !quoted
    else if (byte === 10 && !quoted) break
    else if (!quoted && counts.has(byte)) counts.set(byte, counts.get(byte)! + 1)
  }
  return SEPARATORS.reduce((best, separator) => (counts.get(separator)! > counts.get(best)! ? separator : best))
}

function nameColumns(found: readonly string[], file: string): string[] {
  const names = found.map((name, i) => (name === '' ? `column ${i + 1}` : name))
  const repeated = names.find((name, i) => names.indexOf(name) < i)
  if (repeated === undefined) return names
  const what = `${file}: two columns are called "${repeated}" in its first line`
  throw new CommandError('table-invalid', what, 'rename one of them: columns are known by their names')
}

/** Reads the first line. Throws `CommandError` where there is none, or names are repeated. */
export async function readHeader(input: Input): Promise<Header> {
  const bytes = await openBytes(input)
  try {
    const first = await bytes.next()
    if (first === undefined) {
      if (bytes.damage !== undefined)
        throw new CommandError('file-unreadable', `${input.name}: ${bytes.damage}`, 'get a whole copy of it')
      const wayOut = 'a table begins with a line of column names'
      throw new CommandError('input-empty', `${input.name} is empty`, wayOut)
    }
    const separator = findSeparator(first)
    const records = new CsvRecords(input.name, separator)
    let names: string[] | undefined
    const take = () => {
      const { fields } = records
      names ??= Array.from({ length: Math.min(fields.count, MOST_COLUMNS) }, (_, i) => fields.text(i))
    }
    for (let piece: Buffer | undefined = first; piece !== undefined && names === undefined; piece = await bytes.next())
      records.push(piece, take)
    if (names === undefined) records.end(take)
    const [one = '', ...rest] = names ?? []
    return { separator, names: nameColumns([one.replace(BYTE_ORDER_MARK, ''), ...rest], input.name) }
  } finally {
    await bytes.close()
  }
}
