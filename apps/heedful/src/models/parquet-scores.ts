/** Scores as a Parquet file, a row group at a time. */
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { openAtomicFile } from '../exports/atomic-file.ts'
import { type ScoredBlock, ScoredRows } from './scored-rows.ts'
import type { ScoresFile } from './scores-file.ts'

const required = (name: string, type: 'DOUBLE' | 'INT32' | 'BYTE_ARRAY'): SchemaElement => ({
  ...{ name, type, repetition_type: 'REQUIRED' as const },
  ...(type === 'BYTE_ARRAY' && { converted_type: 'UTF8' as const }),
})

/** Columns as those of CSV. Throws `output-unwritable`. */
export function openParquetScores(path: string, level: number): ScoresFile {
  const file = openAtomicFile(path)
  const bytes = new ByteWriter()
  const rows = new ScoredRows()
  let names: readonly string[] = []
  let writer: ParquetWriter | undefined
  const flush = () => {
    file.writeBytes(bytes.getBytes().slice())
    bytes.index = 0
  }
  const writeGroup = async (block: ScoredBlock, first: number) => {
    const { scores, pValues, kept } = block
    const columnData = [
      { name: 'row', data: Int32Array.from(scores, (_, i) => first + i) },
      ...names.map((name, i) => ({ name, data: [...(kept[i] ?? [])] })),
      { name: 'score', data: scores },
      { name: 'p_value', data: pValues },
      { name: 'flag', data: Int32Array.from(pValues, (p) => (p <= level ? 1 : 0)) },
    ]
    await writer?.write({ columnData, rowGroupSize: scores.length })
    flush()
  }
  return {
    begin(kept) {
      names = kept
      const schema: SchemaElement[] = [
        { name: 'root', num_children: 4 + kept.length },
        required('row', 'INT32'),
        ...kept.map((name) => required(name, 'BYTE_ARRAY')),
        ...[required('score', 'DOUBLE'), required('p_value', 'DOUBLE'), required('flag', 'INT32')],
      ]
      writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'heedful' })
    },
    write: (block) => rows.add(block, writeGroup),
    async commit() {
      await rows.end(writeGroup)
      await writer?.finish()
      flush()
      file.commit()
    },
    abandon: () => file.abandon(),
  }
}
