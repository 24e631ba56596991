/** A table of text read a block of rows at a time, in bounded memory. */
import { CommandError, Interrupted } from '../errors.ts'
import { type Input, openBytes } from '../intake/bytes.ts'
import { type Dictionary, readCategory, readLabel, readMoment, readNumber } from './cells.ts'
import { readColumnarBlocks } from './columnar.ts'
import { CsvRecords } from './csv-records.ts'
import type { Header } from './header.ts'
import type { Role } from './roles.ts'

/** How a column is read. */
export interface ReadColumn {
  readonly name: string
  readonly role: Role
  /** Of a feature. */
  readonly kind: 'number' | 'category'
  /** Of features that are categories, and of the group: it goes on growing while blocks are read. */
  readonly dictionary: Dictionary
  /** Its texts are handed on, whatever else it is for. */
  readonly kept?: boolean
}

/** Some rows that follow each other. */
export interface Block {
  readonly count: number
  /** count × features, row-major. */
  readonly data: Float64Array
  /** One a row each, where a column has that role. */
  readonly labels?: Float64Array
  readonly time?: Float64Array
  readonly group?: Int32Array
  /** One list a kept column, one text a row. */
  readonly kept?: readonly string[][]
}

export interface Reading {
  readonly input: Input
  readonly header: Header
  /** One for each name of the header. */
  readonly columns: readonly ReadColumn[]
  /** What a text in a column of numbers means; `where` is `line 3` or `row 3`. */
  onText(column: number, where: string): Error
  readonly signal: AbortSignal
  /** Size of the file. */
  readonly bytes: number
  /** Told the bytes of the file that were read so far. */
  onProgress?(taken: number): void
}

/** Rows and values of one block: whichever is reached first. */
const BLOCK_ROWS = 8192
const BLOCK_VALUES = 1 << 20

class Filling {
  private readonly reading: Reading
  private readonly room: number
  private readonly width: number
  private data: Float64Array
  private labels: Float64Array
  private time: Float64Array
  private group: Int32Array
  private kept: string[][]
  count = 0

  constructor(reading: Reading) {
    this.reading = reading
    this.width = reading.columns.filter(({ role }) => role === 'feature').length
    this.room = Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_VALUES / this.width)))
    this.data = new Float64Array(this.room * this.width)
    this.labels = new Float64Array(this.room)
    this.time = new Float64Array(this.room)
    this.group = new Int32Array(this.room)
    this.kept = this.startKept()
  }

  private startKept(): string[][] {
    return this.reading.columns.filter((column) => column.kept).map(() => [])
  }

  get full(): boolean {
    return this.count === this.room
  }

  take({ fields }: CsvRecords): void {
    const { columns, input, onText } = this.reading
    const row = this.count++
    let at = row * this.width
    let kept = 0
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!
      const { role } = column
      if (column.kept) this.kept[kept++]!.push(fields.text(i))
      if (role === 'feature') {
        const place = { file: input.name, column: column.name }
        this.data[at++] =
          column.kind === 'number'
            ? readNumber(fields, i, place, () => onText(i, `line ${fields.line}`))
            : readCategory(fields, i, place, column.dictionary)
      } else if (role !== 'unread') this.takeOther(role, row, i, fields)
    }
  }

  private takeOther(role: 'label' | 'time' | 'group', row: number, i: number, fields: CsvRecords['fields']): void {
    const { columns, input } = this.reading
    const { name, dictionary } = columns[i]!
    const place = { file: input.name, column: name }
    if (role === 'label') this.labels[row] = readLabel(fields, i, place)
    else if (role === 'time') this.time[row] = readMoment(fields, i, place)
    else this.group[row] = dictionary.numberOf(fields.text(i))
  }

  /** What was taken; the next block begins. */
  empty(): Block {
    const { count, width } = this
    const has = (role: Role) => this.reading.columns.some((column) => column.role === role)
    const block = {
      count,
      data: this.data.slice(0, count * width),
      ...(has('label') && { labels: this.labels.slice(0, count) }),
      ...(has('time') && { time: this.time.slice(0, count) }),
      ...(has('group') && { group: this.group.slice(0, count) }),
      ...(this.kept.length > 0 && { kept: this.kept }),
    }
    this.kept = this.startKept()
    this.count = 0
    return block
  }
}

/** Checks that a record has as many fields as the first line, and skips that one. */
function openTaker(records: CsvRecords, filling: Filling, expected: number): (ready: Block[]) => () => void {
  let first = true
  return (ready) => () => {
    if (first) {
      first = false
      return
    }
    const { count, line } = records.fields
    if (count !== expected) {
      const fields = count === 1 ? '1 field' : `${count} fields`
      throw records.refuse(line, `it has ${fields}, but the first line names ${expected} columns`)
    }
    filling.take(records)
    if (filling.full) ready.push(filling.empty())
  }
}

/**
 * All rows of a table. Throws `table-invalid` naming line and column, `file-unreadable` where the file is damaged, what
 * `onText` makes, and `Interrupted` where the signal ends it.
 */
export async function* readBlocks(reading: Reading): AsyncGenerator<Block> {
  const { form } = reading.header
  if (form === 'csv') yield* readCsvBlocks(reading)
  else yield* readColumnarBlocks(form, reading)
}

async function* readCsvBlocks(reading: Reading): AsyncGenerator<Block> {
  const { input, header, signal } = reading
  const bytes = await openBytes(input)
  try {
    const records = new CsvRecords(input.name, header.separator)
    const filling = new Filling(reading)
    const ready: Block[] = []
    const take = openTaker(records, filling, header.names.length)(ready)
    for (let piece = await bytes.next(); piece !== undefined; piece = await bytes.next()) {
      if (signal.aborted) throw new Interrupted()
      records.push(piece, take)
      reading.onProgress?.(bytes.taken)
      while (ready.length > 0) yield ready.shift()!
    }
    if (bytes.damage !== undefined)
      throw new CommandError('file-unreadable', `${input.name}: ${bytes.damage}`, 'get a whole copy of it')
    records.end(take)
    if (filling.count > 0) ready.push(filling.empty())
    yield* ready
  } finally {
    await bytes.close()
  }
}
