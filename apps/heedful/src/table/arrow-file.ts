/** Arrow files and streams (Feather 2 too), one record batch in memory at a time. */
import { open } from 'node:fs/promises'
import { CompressionType, compressionRegistry, RecordBatchReader, type Vector } from 'apache-arrow'
import { decompressZstd } from 'hyparquet-compressors'
import type { Columnar } from './columnar.ts'
import { unpackLz4Frame } from './lz4-frame.ts'

/** Buffers of a batch may be packed on their own, in one of two ways. */
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4Frame })
// A copy: numbers in it have to begin at multiples of their size.
compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => decompressZstd(packed).slice() })

/** null where nothing is known. */
function listOf(vector: Vector): ArrayLike<unknown> {
  return Array.from({ length: vector.length }, (_, i) => vector.get(i))
}

export async function openArrow(path: string): Promise<Columnar> {
  const handle = await open(path, 'r')
  try {
    const reader = await RecordBatchReader.from(handle)
    await reader.open()
    const names = reader.schema.fields.map(({ name }) => name)
    let handed = 0
    const batches = 'numRecordBatches' in reader ? Number(reader.numRecordBatches) : Number.NaN
    return {
      names,
      async *batches(wanted) {
        for await (const batch of reader) {
          const columns = wanted.map((i) => listOf(batch.getChildAt(i) as Vector))
          yield { count: batch.numRows, columns }
          handed++
        }
      },
      get done() {
        return Number.isNaN(batches) ? 0 : handed / Math.max(1, batches)
      },
      async close() {
        await reader.cancel()
        await handle.close().catch(() => undefined)
      },
    }
  } catch (error) {
    await handle.close().catch(() => undefined)
    throw error
  }
}
