/** What cannot be read at all, before any line: a stable code, and a message that names the way out. */
export type SourceErrorCode =
  | 'timezone_unknown'
  | 'format_unknown'
  | 'input_empty'
  | 'state_foreign'
  | 'mapping_invalid'
  | 'mapping_missing'

export class SourceError extends Error {
  readonly code: SourceErrorCode

  constructor(code: SourceErrorCode, message: string) {
    super(message)
    this.name = 'SourceError'
    this.code = code
  }
}
