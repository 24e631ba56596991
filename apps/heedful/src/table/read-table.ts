/** A whole table in memory: the rows that a detector reads, and what is known of each. */
import type { Column, Rows } from '@heedful/detect'
import { CommandError } from '../errors.ts'
import type { Input } from '../intake/bytes.ts'
import { type Block, type ReadColumn, readBlocks } from './blocks.ts'
import { Dictionary, KindChanged } from './cells.ts'
import { readHeader } from './header.ts'
import { assignRoles, type NamedColumns } from './roles.ts'

export interface Table {
  /** Features alone. Their categories stand in the order of code units. */
  readonly rows: Rows
  /** One a row each, where a column was named for it. */
  readonly labels?: Float64Array
  readonly time?: Float64Array
  readonly group?: Int32Array
}

export interface ReadOptions {
  readonly signal: AbortSignal
  /** Told the bytes of the file that were read so far. */
  onProgress?(taken: number): void
}

/** Reads a table whose first line names its columns: CSV, also with semicolons, tabs or bars, plain or gzip. */
export async function readTable(input: Input, named: NamedColumns, options: ReadOptions): Promise<Table> {
  const blocks: Block[] = []
  const columns = await readTyped(input, named, options, {
    begin: () => blocks.splice(0),
    add: (block) => blocks.push(block),
  })
  return wholeOf(input.name, columns, blocks)
}

/** What takes the blocks of a table. */
export interface Taker {
  /** The first block follows; once more where a column turns out to hold texts. */
  begin(columns: readonly ReadColumn[]): void
  add(block: Block): void
}

/** Reads all blocks, features as numbers where all their values are, else as categories. @returns how columns were read */
export async function readTyped(
  input: Input,
  named: NamedColumns,
  options: ReadOptions,
  taker: Taker,
): Promise<readonly ReadColumn[]> {
  const header = await readHeader(input)
  const roles = assignRoles(input.name, header.names, named)
  const texts = new Set<number>()
  for (;;) {
    const columns = header.names.map((name, i): ReadColumn => {
      const kind = texts.has(i) ? 'category' : 'number'
      return { name, role: roles[i]!, kind, dictionary: new Dictionary() }
    })
    try {
      const onText = (column: number) => new KindChanged(column)
      taker.begin(columns)
      for await (const block of readBlocks({ input, header, columns, onText, bytes: header.bytes, ...options }))
        taker.add(block)
      return columns
    } catch (error) {
      // Its numbers until here were texts as well: `1` and `01` are one number, and two categories.
      if (!(error instanceof KindChanged)) throw error
      texts.add(error.column)
    }
  }
}

type Role = 'labels' | 'time' | 'group'

/** Blocks put together. Throws `input-empty` where there are none. */
export function wholeOf(file: string, columns: readonly ReadColumn[], blocks: Block[]): Table {
  const [first] = blocks
  if (first === undefined) {
    const wayOut = 'a table has a line of column names and at least one line of values below it'
    throw new CommandError('input-empty', `${file} has no rows`, wayOut)
  }
  const rows = joinBlocks(columns, blocks)
  const join = <T extends Float64Array | Int32Array>(role: Role, whole: T): T => {
    let at = 0
    for (const block of blocks) {
      whole.set(block[role] as T, at)
      at += block.count
    }
    return whole
  }
  return {
    rows,
    ...(first.labels && { labels: join('labels', new Float64Array(rows.count)) }),
    ...(first.time && { time: join('time', new Float64Array(rows.count)) }),
    ...(first.group && { group: join('group', new Int32Array(rows.count)) }),
  }
}

/** The values of all blocks as rows; each block is given up as it is copied. */
function joinBlocks(columns: readonly ReadColumn[], blocks: readonly Block[]): Rows {
  const features = columns.filter(({ role }) => role === 'feature')
  const orders = features.map(({ kind, dictionary }) => (kind === 'category' ? orderOf(dictionary) : undefined))
  const width = features.length
  const count = blocks.reduce((sum, block) => sum + block.count, 0)
  const data = new Float64Array(count * width)
  let at = 0
  for (const block of blocks) {
    data.set(block.data, at)
    at += block.data.length
  }
  for (const [j, order] of orders.entries()) {
    if (order === undefined) continue
    for (let i = j; i < data.length; i += width) if (!Number.isNaN(data[i])) data[i] = order.places[data[i]!]!
  }
  const described = features.map(({ name }, j): Column => {
    const order = orders[j]
    return order === undefined ? { name, type: 'number' } : { name, type: 'category', categories: order.sorted }
  })
  return { columns: described, count, data }
}

/** Categories in the order of code units, so that equal tables give equal rows; and the place of each as it was met. */
function orderOf({ categories }: Dictionary): { sorted: string[]; places: Float64Array } {
  const sorted = [...categories].sort()
  const numbers = new Map(sorted.map((category, number) => [category, number]))
  return { sorted, places: Float64Array.from(categories, (category) => numbers.get(category)!) }
}
