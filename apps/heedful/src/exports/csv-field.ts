/**
 * Texts of strangers as fields of a table: RFC 4180, and nothing in them that a spreadsheet calculates, a terminal obeys or
 * a reader chokes on. Nothing is lost: `docs/formats.md` says how each comes back.
 */
import { escapeInvisible } from '../terminal/plain-text.ts'

/** What would come back as another character, so that `\\u0041` in a name stays these six. */
const LIKE_ESCAPE = /\\(?=u[0-9a-f]{4})/g

/** Spreadsheets calculate what begins so; the apostrophe is what tells them not to, so it is doubled where it is there. */
const CALCULATED = /^[=+\-@＝＋－＠'\t\r\n]/

/** Anything that separates fields for somebody, and spaces that somebody would trim. */
const SEPARATES = /[",;\r\n]|^ | $/

const escapeControls = (text: string) =>
  text
    .replace(LIKE_ESCAPE, '\\u005c')
    .split(/([\r\n]+)/)
    .map((piece, i) => (i % 2 === 0 ? escapeInvisible(piece) : piece))
    .join('')

export function csvField(text: string): string {
  const escaped = escapeControls(text)
  const said = CALCULATED.test(escaped) ? `'${escaped}` : escaped
  return SEPARATES.test(said) ? `"${said.replaceAll('"', '""')}"` : said
}
