/** Parquet files, one row group in memory at a time, only the columns that are asked for. */
import { open } from 'node:fs/promises'
import { type AsyncBuffer, type ParquetRowRange, parquetScan, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Columnar } from './columnar.ts'

/** Bytes of a file by their places. */
async function openBuffer(path: string): Promise<AsyncBuffer & { close(): Promise<void> }> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start))
      await handle.read(bytes, 0, bytes.length, start)
      return bytes.buffer
    },
    close: () => handle.close(),
  }
}

/** Rows decoded at a time: a row group may hold millions. */
const PIECE = 262_144

function pieces({ rowStart, rowEnd }: ParquetRowRange): ParquetRowRange[] {
  const count = Math.ceil((rowEnd - rowStart) / PIECE)
  return Array.from({ length: count }, (_, i) => ({
    rowStart: rowStart + i * PIECE,
    rowEnd: Math.min(rowEnd, rowStart + (i + 1) * PIECE),
  }))
}

export async function openParquet(path: string): Promise<Columnar> {
  const file = await openBuffer(path)
  try {
    const { metadata, ranges, readColumn } = await parquetScan({ file, compressors })
    const fields = parquetSchema(metadata).children
    const nested = fields.find(({ children }) => children.length > 0)
    if (nested !== undefined) throw new Error(`column "${nested.element.name}" holds several values a row`)
    const names = fields.map(({ element }) => element.name)
    const total = Number(metadata.num_rows)
    let handed = 0
    return {
      names,
      async *batches(wanted) {
        for (const { rowStart, rowEnd } of ranges.flatMap(pieces)) {
          const columns: ArrayLike<unknown>[] = []
          for (const i of wanted) columns.push(await readColumn({ column: names[i] as string, rowStart, rowEnd }))
          yield { count: rowEnd - rowStart, columns }
          handed = rowEnd
        }
      },
      get done() {
        return total === 0 ? 1 : handed / total
      },
      close: file.close,
    }
  } catch (error) {
    await file.close()
    throw error
  }
}
