/** What the values of each column are like. */
import { canonicalAddress } from '@heedful/stream/enrich/address'
import { wordOf } from '@heedful/stream/sources/json/words'
import type { Shape } from './shape.ts'

export interface Column {
  name: string
  /** The name as one spelling: `SourceIP` and `source-ip` are `source_ip`. */
  word: string
  /** Of every record; empty where there is nothing. */
  all: readonly string[]
  /** Those that say something. */
  values: readonly string[]
  /** Share of records in which it says something. */
  filled: number
  /** Distinct values and how often, most frequent first; at most `MOST_DISTINCT` are counted. */
  counts: readonly (readonly [string, number])[]
  distinct: number
}

const MOST_DISTINCT = 20_000
/** Ways in which logs write that there is nothing. */
const NOTHING = ['-', 'null', '(null)', 'none', 'n/a', 'nan', 'undefined', '<null>', '(empty)']

/** Which of them the values hold. Flags called `none` in small sets of words stay words: it is no nothing where most say it. */
export function findEmpty({ records, columns }: Shape): string[] {
  const found = new Set<string>()
  columns.forEach((_, at) => {
    for (const record of records) {
      const text = (record[at] as string).toLowerCase()
      if (NOTHING.includes(text)) found.add(text)
    }
  })
  return NOTHING.filter((text) => found.has(text))
}

function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) {
    const known = counts.get(value)
    if (known !== undefined || counts.size < MOST_DISTINCT) counts.set(value, (known ?? 0) + 1)
  }
  return counts
}

export function profile({ columns, records }: Shape, empty: readonly string[]): Column[] {
  return columns.map((name, at) => {
    const all = records.map((record) =>
      empty.includes((record[at] as string).toLowerCase()) ? '' : (record[at] as string),
    )
    const values = all.filter((text) => text !== '')
    const counts = [...countOf(values)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    return {
      name,
      word: wordOf(name).replace(/^_+|_+$/g, ''),
      all,
      values,
      filled: values.length / Math.max(1, all.length),
      counts,
      distinct: counts.length,
    }
  })
}

/** Share of the values that are something; 0 where there are none. */
export function shareOf({ values }: Column, is: (text: string) => boolean): number {
  const shown = values.slice(0, 1000)
  return shown.length === 0 ? 0 : shown.filter(is).length / shown.length
}

export const isAddress = (text: string): boolean =>
  canonicalAddress(text) !== undefined ||
  canonicalAddress(/^(\[.{2,48}\]|[^:]{7,15}):\d{1,5}$/.exec(text)?.[1] ?? '') !== undefined
export const isNumber = (text: string): boolean => /^-?\d{1,17}(?:\.\d{1,17})?$/.test(text)
export const isCount = (text: string): boolean => /^\d{1,16}(?:\.0+)?$/.test(text)
export const isFlag = (text: string): boolean => /^(?:true|false|yes|no|0|1)$/i.test(text)
export const isAgent = (text: string): boolean =>
  /^\[?(?:Mozilla|Opera|curl|Wget|python-requests|Boto3|aws-cli|okhttp|[A-Za-z][\w.-]{1,30})\/\d|\b(?:Chrome|Firefox|Safari|Edge|Opera)\b/.test(
    text,
  )
export const isPath = (text: string): boolean => /^(?:\/|[A-Za-z]:\\|\\\\|[a-z]{2,10}:\/\/)\S/.test(text)
export const isHash = (text: string): boolean =>
  /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$|^[0-9a-f]{16,}$/i.test(text)
/** `-` and blanks apart, a list or an object written as a text. */
export const isStructure = (text: string): boolean => /^[[{].*[\]}]$/s.test(text)
