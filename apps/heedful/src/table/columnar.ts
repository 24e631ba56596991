/** Tables that are kept by columns (Parquet, Arrow), read a block of rows at a time. */
import { CommandError, Interrupted, messageOf } from '../errors.ts'
import type { Input } from '../intake/bytes.ts'
import type { Block, ReadColumn, Reading } from './blocks.ts'
import type { Place } from './cells.ts'
import { categoryOf, labelOf, momentOf, numberOf, textOf } from './values.ts'

/** Some rows that follow each other: what stands in each column. */
export interface ColumnBatch {
  readonly count: number
  /** One list a column that was asked for, in their order. */
  readonly columns: readonly ArrayLike<unknown>[]
}

export interface Columnar {
  readonly names: readonly string[]
  /** @param wanted places in `names` */
  batches(wanted: readonly number[]): AsyncGenerator<ColumnBatch>
  /** The share of the rows that was handed out. */
  readonly done: number
  close(): Promise<void>
}

export type ColumnarForm = 'parquet' | 'arrow'

/** Opens a file of a form; what reads it is loaded then. Throws `file-unreadable` where it is damaged. */
export async function openColumnar(form: ColumnarForm, input: Input): Promise<Columnar> {
  return guard(input, async () =>
    form === 'parquet'
      ? (await import('./parquet-file.ts')).openParquet(input.path)
      : (await import('./arrow-file.ts')).openArrow(input.path),
  )
}

/** What its reader complains of is told with the file's name. */
async function guard<T>({ name }: Input, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CommandError || error instanceof Interrupted) throw error
    throw new CommandError('file-unreadable', `${name} cannot be read: ${messageOf(error)}`, 'get a whole copy of it')
  }
}

const BLOCK_ROWS = 8192

/** All rows as blocks, as `readBlocks` gives them. */
export async function* readColumnarBlocks(form: ColumnarForm, reading: Reading): AsyncGenerator<Block> {
  const { input, columns, signal } = reading
  const file = await openColumnar(form, input)
  const wanted = [...columns.keys()].filter((i) => columns[i]!.role !== 'unread' || columns[i]!.kept)
  try {
    const batches = file.batches(wanted)
    let row = 0
    for (;;) {
      const { done, value: batch } = await guard(input, () => batches.next())
      if (done) return
      for (let from = 0; from < batch.count; from += BLOCK_ROWS) {
        if (signal.aborted) throw new Interrupted()
        const to = Math.min(batch.count, from + BLOCK_ROWS)
        reading.onProgress?.(Math.round(file.done * reading.bytes))
        yield blockOf(reading, wanted, batch, from, to, row)
      }
      row += batch.count
    }
  } finally {
    await file.close()
  }
}

/** Rows `from` to `to` of a batch whose first row is the file's `before`-th. */
function blockOf(
  reading: Reading,
  wanted: readonly number[],
  batch: ColumnBatch,
  from: number,
  to: number,
  before: number,
): Block {
  const { columns, input, onText } = reading
  const width = columns.filter(({ role }) => role === 'feature').length
  const count = to - from
  const block = { count, data: new Float64Array(count * width), kept: [] as string[][] }
  const others: { labels?: Float64Array; time?: Float64Array; group?: Int32Array } = {}
  let feature = 0
  for (const [k, i] of wanted.entries()) {
    const column = columns[i] as ReadColumn
    const place: Place = { file: input.name, column: column.name, unit: 'row' }
    const values = batch.columns[k]!
    const each = (take: (value: unknown, row: number) => number) =>
      Float64Array.from({ length: count }, (_, row) => take(values[from + row], before + from + row + 1))
    if (column.kept) block.kept.push(Array.from({ length: count }, (_, row) => textOf(values[from + row])))
    if (column.role === 'label') others.labels = each((value, row) => labelOf(value, row, place))
    else if (column.role === 'time') others.time = each((value, row) => momentOf(value, row, place))
    else if (column.role === 'group')
      others.group = Int32Array.from(each((value) => column.dictionary.numberOf(textOf(value))))
    else if (column.role === 'feature') {
      const taken =
        column.kind === 'number'
          ? each((value, row) => numberOf(value, row, place, () => onText(i, `row ${row}`)))
          : each((value, row) => categoryOf(value, row, place, column.dictionary))
      for (let row = 0; row < count; row++) block.data[row * width + feature] = taken[row]!
      feature++
    }
  }
  const { kept, ...rest } = block
  return { ...rest, ...others, ...(kept.length > 0 && { kept }) }
}
