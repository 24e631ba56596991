/** Scores a table of any size, a block of rows at a time: columns by name, others passed over. */
import { setImmediate } from 'node:timers/promises'
import { type Column, HeedfulError, type Rows } from '@heedful/detect'
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import { CommandError, Interrupted } from '../errors.ts'
import type { Input } from '../intake/bytes.ts'
import { type Block, type ReadColumn, readBlocks } from '../table/blocks.ts'
import { Dictionary } from '../table/cells.ts'
import { readHeader } from '../table/header.ts'
import { placeOf } from '../table/roles.ts'
import { type Fitted, pValuesOf } from './fitted.ts'
import type { ScoredBlock } from './scored-rows.ts'

export interface ScoreOptions {
  readonly signal: AbortSignal
  /** Names of columns to hand on. */
  readonly keep: readonly string[]
  /** Told the names of the columns that are handed on, in the order of the file. */
  onBegin(kept: readonly string[]): void
  onProgress(taken: number, rows: number): void
  onBlock(block: ScoredBlock): void | Promise<void>
}

/** How each column of the file is read: as the model knows it, handed on, or not at all. */
function readAs(
  file: string,
  names: readonly string[],
  columns: readonly Column[],
  keep: readonly string[],
): ReadColumn[] {
  const free = names.filter((name) => !columns.some((column) => column.name === name))
  for (const { name } of columns) {
    if (names.includes(name)) continue
    const near = nearestName(name, free)
    const wayOut =
      near === undefined
        ? 'score a table that has it, or fit again without it'
        : `is it "${near}"? rename it, or fit again`
    throw new CommandError('column-unknown', `${file} has no column "${name}", which the model reads`, wayOut)
  }
  const kept = new Set(keep.map((name) => placeOf(file, names, name, '--keep')))
  return names.map((name, i): ReadColumn => {
    const known = columns.find((column) => column.name === name)
    const dictionary = new Dictionary()
    const role = known === undefined ? 'unread' : 'feature'
    return { name, role, kind: known?.type ?? 'number', dictionary, kept: kept.has(i) }
  })
}

/** The block as rows. A dictionary grows from block to block; the model translates it by name. */
function rowsOf(block: Block, columns: readonly ReadColumn[]): Rows {
  const described = columns
    .filter(({ role }) => role === 'feature')
    .map(({ name, kind, dictionary }): Column => {
      return kind === 'number'
        ? { name, type: 'number' }
        : { name, type: 'category', categories: dictionary.categories }
    })
  return { columns: described, count: block.count, data: block.data }
}

/** What a model refuses of a block: its row is counted from the block's first. */
function explain(file: string, rows: number, error: unknown): unknown {
  if (!(error instanceof HeedfulError)) return error
  const what = `${file}: after row ${rows}: ${error.message}`
  return new CommandError('table-invalid', what, 'change that row, or fit the model again')
}

/**
 * Scores all rows. @returns how many, and whether a person stopped it before the end.
 * Throws `column-unknown`, `table-invalid` with line and column.
 */
export async function scoreTable(
  input: Input,
  fitted: Fitted,
  { signal, keep, onBegin, onProgress, onBlock }: ScoreOptions,
): Promise<{ rows: number; stopped: boolean }> {
  const header = await readHeader(input)
  const columns = readAs(input.name, header.names, fitted.model.columns, keep)
  const onText = (column: number, where: string) => {
    const what = `${input.name}: ${where}, column "${header.names[column]}" holds a text, and the model reads numbers there`
    return new CommandError('table-invalid', what, 'mend that line, or fit the model again on tables with such texts')
  }
  onBegin(columns.filter(({ kept }) => kept).map(({ name }) => name))
  let rows = 0
  let taken = 0
  const onBytes = (bytes: number) => {
    taken = bytes
  }
  try {
    for await (const block of readBlocks({
      input,
      header,
      columns,
      onText,
      signal,
      bytes: header.bytes,
      onProgress: onBytes,
    })) {
      const scores = scored(input.name, fitted, block, columns, rows)
      await onBlock({ scores, pValues: pValuesOf(fitted, scores), kept: block.kept ?? [] })
      rows += block.count
      onProgress(taken, rows)
      await setImmediate()
    }
    return { rows, stopped: false }
  } catch (error) {
    if (error instanceof Interrupted) return { rows, stopped: true }
    throw error
  }
}

function scored(
  file: string,
  { model }: Fitted,
  block: Block,
  columns: readonly ReadColumn[],
  before: number,
): Float64Array {
  try {
    return model.score(rowsOf(block, columns))
  } catch (error) {
    throw explain(file, before, error)
  }
}
