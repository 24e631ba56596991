/** Parsers that keep nothing between lines: what they save says only whose it is. */
import { SourceError } from '../source-error.ts'

export interface FormatState {
  format: string
  version: 1
}

/** Throws `SourceError` state_foreign where `saved` is another parser's. */
export function checkState(saved: unknown, format: string): void {
  const state = saved as FormatState | undefined
  if (state !== undefined && (state.format !== format || state.version !== 1)) {
    throw new SourceError('state_foreign', `this is no state of an ${format} parser of version 1`)
  }
}
