/**
 * Records of RFC 4180: fields between delimiters, in quotes where they hold one, a quote in them doubled. A quote inside a
 * field that did not begin with one is a character like any other. Backslashes escape nothing.
 */

export interface Dialect {
  /** One character. */
  delimiter: string
  /** One character; empty: nothing is quoted. */
  quote: string
}

/** `open`: the text ends inside quotes. `broken`: text stands behind a closing quote, from the character `at` on. */
export type Split = { kind: 'fields'; fields: string[] } | { kind: 'open' } | { kind: 'broken'; at: number }

/** Fields that a record may have; what follows is one field. */
export const MOST_FIELDS = 2048

const OPEN: Split = { kind: 'open' }

/** Behind the closing quote of the field that begins at `at`, and its text. Undefined where it does not close. */
function readQuoted(text: string, at: number, quote: string): { field: string; end: number } | undefined {
  let field = ''
  let from = at + 1
  for (;;) {
    const end = text.indexOf(quote, from)
    if (end < 0) return undefined
    if (text.charAt(end + 1) !== quote) return { field: field + text.slice(from, end), end: end + 1 }
    field += text.slice(from, end + 1)
    from = end + 2
  }
}

export function splitRecord(text: string, { delimiter, quote }: Dialect): Split {
  if (quote === '' || !text.includes(quote)) return { kind: 'fields', fields: text.split(delimiter, MOST_FIELDS) }
  const fields: string[] = []
  for (let at = 0; fields.length < MOST_FIELDS; at++) {
    if (text.charAt(at) === quote) {
      const read = readQuoted(text, at, quote)
      if (read === undefined) return OPEN
      fields.push(read.field)
      at = read.end
      if (at < text.length && text.charAt(at) !== delimiter) return { kind: 'broken', at }
    } else {
      const end = text.indexOf(delimiter, at)
      fields.push(end < 0 ? text.slice(at) : text.slice(at, end))
      at = end < 0 ? text.length : end
    }
    if (at >= text.length) break
  }
  return { kind: 'fields', fields }
}
