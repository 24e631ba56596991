/** A report as one HTML file: a built page with its data in it, which leaves nothing to ask of anybody. */
import { readFileSync } from 'node:fs'
import { CommandError } from '../errors.ts'
import { openAtomicFile } from '../exports/atomic-file.ts'
import { escapeInvisible } from '../terminal/plain-text.ts'

/** Where the page takes its data from. It stands before any script of the page. */
const GIVEN = '<script type="application/json" id="given"></script>'

/** JSON inside a `<script>`: no name that a file brings can end the element, open a comment or hide. */
export const embeddable = (value: unknown): string =>
  escapeInvisible(JSON.stringify(value)).replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`)

export interface GivenPage {
  /** The data as JSON, in pieces, all of them `embeddable`. */
  write(data: Iterable<string>): void
  abandon(): void
}

function readPage(built: string): [head: string, tail: string] {
  const page = built === '' ? '' : readFileSync(built, 'utf8')
  const at = page.indexOf(GIVEN)
  if (at < 0) throw new CommandError('not-built', 'the page that reports are made of is not built', 'npm run build')
  const split = at + GIVEN.length - '</script>'.length
  return [page.slice(0, split), page.slice(split)]
}

/** Opens the place of a report. @param built the built page, empty where there is none. Throws `not-built` or `output-unwritable`. */
export function openGivenPage(path: string, built: string): GivenPage {
  const [head, tail] = readPage(built)
  const file = openAtomicFile(path)
  return {
    write(data) {
      file.write(head)
      for (const text of data) file.write(text)
      file.write(tail)
      file.commit()
    },
    abandon: () => file.abandon(),
  }
}
