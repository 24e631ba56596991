/** What a table is: its form, how fields are separated, and the names of the columns. */
import { open } from 'node:fs/promises'
import { CommandError } from '../errors.ts'
import { type Input, openBytes, unreadable } from '../intake/bytes.ts'
import { type ColumnarForm, openColumnar } from './columnar.ts'
import { CsvRecords, MOST_COLUMNS } from './csv-records.ts'

export interface Header {
  readonly form: 'csv' | ColumnarForm
  /** Size of the file. */
  readonly bytes: number
  /** Of CSV: the byte between fields. */
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

/**
 * Numbers that do not rise by whole steps, as numbered columns and years do, are no names: the line is a row. Throws
 * `table-invalid`, as the row would be lost.
 */
function refuseRow(names: readonly string[], file: string): void {
  const numbers = names.map((name) => (name.trim() === '' ? Number.NaN : Number(name.replace(',', '.'))))
  if (numbers.some((number) => Number.isNaN(number))) return
  if (numbers.every((number, i) => Number.isInteger(number) && (i === 0 || number > numbers[i - 1]!))) return
  const what = `${file}: its first line reads as a row of numbers, not as names of columns`
  throw new CommandError('table-invalid', what, 'put a line of names above it')
}

/** How files of other forms than text begin. A stream of Arrow begins with a mark that is no text. */
const BEGINNINGS: readonly (readonly [form: ColumnarForm, bytes: Buffer])[] = [
  ['parquet', Buffer.from('PAR1')],
  ['arrow', Buffer.from('ARROW1')],
  ['arrow', Buffer.of(0xff, 0xff, 0xff, 0xff)],
]

async function lookAt(input: Input): Promise<{ form: Header['form']; bytes: number }> {
  try {
    const handle = await open(input.path, 'r')
    try {
      const { size: bytes } = await handle.stat()
      const head = Buffer.alloc(8)
      const { bytesRead } = await handle.read(head, 0, head.length, 0)
      const found = BEGINNINGS.find(([, mark]) => head.subarray(0, Math.min(bytesRead, mark.length)).equals(mark))
      return { form: found?.[0] ?? 'csv', bytes }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw unreadable(input.name, error)
  }
}

/** Reads what a table says of itself. Throws `CommandError` where it says nothing, or names are repeated. */
export async function readHeader(input: Input): Promise<Header> {
  const { form, bytes } = await lookAt(input)
  if (form === 'csv') return { form, bytes, ...(await readFirstLine(input)) }
  const file = await openColumnar(form, input)
  await file.close()
  return { form, bytes, separator: 0, names: nameColumns(file.names, input.name) }
}

async function readFirstLine(input: Input): Promise<Pick<Header, 'separator' | 'names'>> {
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
    refuseRow([one.replace(BYTE_ORDER_MARK, ''), ...rest], input.name)
    return { separator, names: nameColumns([one.replace(BYTE_ORDER_MARK, ''), ...rest], input.name) }
  } finally {
    await bytes.close()
  }
}
