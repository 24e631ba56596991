/** What the command refuses: a stable code, what is wrong and where, and the way out. */
import { ExitCode } from './exit-codes.ts'

export type ErrorCode =
  | 'usage-invalid'
  | 'not-built'
  | 'file-missing'
  | 'file-unreadable'
  | 'file-is-folder'
  | 'format-unknown'
  | 'format-packed'
  | 'input-empty'
  | 'mapping-invalid'
  | 'mapping-missing'
  | 'mapping-changed'
  | 'input-several'
  | 'geo-unreadable'
  | 'table-invalid'
  | 'column-unknown'
  | 'labels-missing'
  | 'fit-impossible'
  | 'model-unreadable'
  | 'config-invalid'
  | 'folder-locked'
  | 'folder-foreign'
  | 'folder-damaged'
  | 'folder-newer'
  | 'folder-older'
  | 'folder-full'
  | 'folder-read-only'
  | 'folder-missing'
  | 'folder-unwritable'
  | 'folder-settings'
  | 'alert-unknown'
  | 'alert-ambiguous'
  | 'output-unwritable'
  | 'port-in-use'
  | 'address-unavailable'
  | 'server-refused'

const EXITS: Record<ErrorCode, ExitCode> = {
  'usage-invalid': ExitCode.usage,
  'not-built': ExitCode.usage,
  'file-missing': ExitCode.input,
  'file-unreadable': ExitCode.input,
  'file-is-folder': ExitCode.input,
  'format-unknown': ExitCode.input,
  'format-packed': ExitCode.input,
  'input-empty': ExitCode.input,
  'mapping-invalid': ExitCode.usage,
  'mapping-missing': ExitCode.usage,
  'mapping-changed': ExitCode.usage,
  'input-several': ExitCode.input,
  'geo-unreadable': ExitCode.input,
  'table-invalid': ExitCode.input,
  'column-unknown': ExitCode.usage,
  'labels-missing': ExitCode.input,
  'fit-impossible': ExitCode.input,
  'model-unreadable': ExitCode.input,
  'config-invalid': ExitCode.usage,
  'folder-locked': ExitCode.dataFolder,
  'folder-foreign': ExitCode.dataFolder,
  'folder-damaged': ExitCode.dataFolder,
  'folder-newer': ExitCode.dataFolder,
  'folder-older': ExitCode.dataFolder,
  'folder-full': ExitCode.dataFolder,
  'folder-read-only': ExitCode.dataFolder,
  'folder-missing': ExitCode.dataFolder,
  'folder-unwritable': ExitCode.dataFolder,
  'folder-settings': ExitCode.usage,
  'alert-unknown': ExitCode.usage,
  'alert-ambiguous': ExitCode.usage,
  'output-unwritable': ExitCode.output,
  'port-in-use': ExitCode.usage,
  'address-unavailable': ExitCode.usage,
  'server-refused': ExitCode.output,
}

export class CommandError extends Error {
  readonly code: ErrorCode
  /** What to do about it, as a sentence or a line to type. */
  readonly wayOut: string
  readonly exit: ExitCode

  constructor(code: ErrorCode, message: string, wayOut: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'CommandError'
    this.code = code
    this.wayOut = wayOut
    this.exit = EXITS[code]
  }
}

/** A person stopped the command. What was committed until then is kept. */
export class Interrupted extends Error {}

/** `code` of an error of the system (`ENOENT`, `ENOSPC` …) or of ours; empty where it has none. */
export function systemCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
