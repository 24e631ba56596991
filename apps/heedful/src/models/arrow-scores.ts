/** Scores as an Arrow file (Feather 2), a record batch at a time. */
import {
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { openAtomicFile } from '../exports/atomic-file.ts'
import { type ScoredBlock, ScoredRows } from './scored-rows.ts'
import type { ScoresFile } from './scores-file.ts'

/** Columns as those of CSV. Throws `output-unwritable`. */
export function openArrowScores(path: string, level: number): ScoresFile {
  const file = openAtomicFile(path)
  const rows = new ScoredRows()
  const writer = new RecordBatchFileWriter()
  let schema = new Schema([])
  /** All that was written goes to the file as it comes. */
  const written = (async () => {
    for await (const bytes of writer) file.writeBytes(bytes)
  })()
  written.catch(() => undefined)
  const writeGroup = async ({ scores, pValues, kept }: ScoredBlock, first: number) => {
    const length = scores.length
    const children = [
      makeData({ type: new Int32(), data: Int32Array.from(scores, (_, i) => first + i) }),
      ...kept.map((texts) => vectorFromArray(texts, new Utf8()).data[0]!),
      makeData({ type: new Float64(), data: scores }),
      makeData({ type: new Float64(), data: pValues }),
      makeData({ type: new Int32(), data: Int32Array.from(pValues, (p) => (p <= level ? 1 : 0)) }),
    ]
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children })))
    // Let what was written go to the file before more is.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    begin(kept) {
      const field = (name: string, type: Int32 | Float64 | Utf8) => new Field(name, type, false)
      schema = new Schema([
        field('row', new Int32()),
        ...kept.map((name) => field(name, new Utf8())),
        ...[field('score', new Float64()), field('p_value', new Float64()), field('flag', new Int32())],
      ])
      writer.reset(undefined, schema)
    },
    write: (block) => rows.add(block, writeGroup),
    async commit() {
      await rows.end(writeGroup)
      writer.finish()
      await written
      file.commit()
    },
    abandon: () => file.abandon(),
  }
}
