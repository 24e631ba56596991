/** Where scores go: CSV, packed where the name ends with .gz, Parquet or Arrow. */
import { gzipSync } from 'node:zlib'
import { openAtomicFile } from '../exports/atomic-file.ts'
import { csvField } from '../exports/csv-field.ts'
import type { ScoredBlock } from './scored-rows.ts'

export interface ScoresFile {
  /** @param kept names of the kept columns */
  begin(kept: readonly string[]): void
  write(block: ScoredBlock): void | Promise<void>
  commit(): void | Promise<void>
  abandon(): void
}

/** Text is packed so much at a time, each a member of its own: gzip files may have several. */
const PACKED_AT_ONCE = 1024 * 1024
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Texts of a file as they came; numbers need no protection from spreadsheets. */
const keptField = (text: string) => (NUMBER.test(text) ? text : csvField(text))

const digits = (value: number, count: number) => String(Number(value.toPrecision(count)))

/** Columns: row (from 1), those that are kept, score, p_value, flag (1 where p ≤ level). Throws `output-unwritable`. */
function openCsvScores(path: string, level: number): ScoresFile {
  const file = openAtomicFile(path)
  const packs = path.endsWith('.gz')
  let text = ''
  let row = 0
  const flush = () => {
    if (packs) file.writeBytes(gzipSync(text))
    else file.write(text)
    text = ''
  }
  return {
    begin(kept) {
      text = `${['row', ...kept.map(csvField), 'score', 'p_value', 'flag'].join(',')}\n`
    },
    write({ scores, pValues, kept: texts }) {
      for (let i = 0; i < scores.length; i++) {
        const own = texts.map((column) => `${keptField(column[i]!)},`).join('')
        const p = pValues[i]!
        text += `${++row},${own}${digits(scores[i]!, 10)},${digits(p, 6)},${p <= level ? 1 : 0}\n`
        if (text.length > PACKED_AT_ONCE) flush()
      }
    },
    commit() {
      flush()
      file.commit()
    },
    abandon: () => file.abandon(),
  }
}

/** By the ending of the name; what writes Parquet or Arrow is loaded then. Throws `output-unwritable`. */
export async function openScores(path: string, level: number): Promise<ScoresFile> {
  if (/\.parquet$/i.test(path)) return (await import('./parquet-scores.ts')).openParquetScores(path, level)
  if (/\.(arrow|feather)$/i.test(path)) return (await import('./arrow-scores.ts')).openArrowScores(path, level)
  return openCsvScores(path, level)
}
