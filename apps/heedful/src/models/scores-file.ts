/** Where scores go: CSV, packed where the name ends with .gz. */
import { gzipSync } from 'node:zlib'
import { openAtomicFile } from '../exports/atomic-file.ts'
import { csvField } from '../exports/csv-field.ts'

/** Some rows that were scored, one after the other. */
export interface ScoredBlock {
  readonly scores: Float64Array
  readonly pValues: Float64Array
  /** One list a kept column. */
  readonly kept: readonly (readonly string[])[]
}

export interface ScoresFile {
  /** @param kept names of the kept columns */
  begin(kept: readonly string[]): void
  write(block: ScoredBlock): void
  commit(): void
  abandon(): void
}

/** Text is packed so much at a time, each a member of its own: gzip files may have several. */
const PACKED_AT_ONCE = 1024 * 1024
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Texts of a file as they came; numbers need no protection from spreadsheets. */
const keptField = (text: string) => (NUMBER.test(text) ? text : csvField(text))

const digits = (value: number, count: number) => String(Number(value.toPrecision(count)))

/** Columns: row (from 1), those that are kept, score, p_value, flag (1 where p ≤ level). Throws `output-unwritable`. */
export function openCsvScores(path: string, level: number): ScoresFile {
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
