/** What reference implementations answered, from `detectors/table/fixtures/ID.json`: a new detector brings its own file. */
import { numberRows, type Rows } from '../contracts/rows.ts'
import type { RecordedVectors } from './subject.ts'

interface Recorded {
  columns: string[]
  /** `null` is missing. */
  train: (number | null)[][]
  /** 1 is an anomaly, 0 is normal, `null` is not labelled; absent where nothing is known. */
  labels?: (number | null)[]
  cases: {
    /** Which implementation, which version, how. */
    source: string
    params?: { [name: string]: number | string | boolean }
    queries: (number | null)[][]
    scores: number[]
    /** How far a score may be off, the same for every query. */
    tolerance: number
  }[]
}

const rowsOf = (columns: string[], rows: (number | null)[][]): Rows =>
  numberRows(
    columns,
    Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
  )

/** One subject a case, of the text of a fixture. */
export function readRecorded(text: string): { vectors: RecordedVectors }[] {
  const { columns, train, labels, cases } = JSON.parse(text) as Recorded
  return cases.map(({ source, params, queries, scores, tolerance }) => ({
    vectors: {
      source,
      train: rowsOf(columns, train),
      ...(labels && { lesson: { labels: Float64Array.from(labels, (label) => label ?? Number.NaN) } }),
      ...(params && { params }),
      queries: rowsOf(columns, queries),
      scores: Float64Array.from(scores),
      tolerance: new Float64Array(scores.length).fill(tolerance),
    },
  }))
}
