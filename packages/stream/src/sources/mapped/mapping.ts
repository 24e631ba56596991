/** How the lines of a door become events: what a mapping file says, read and checked. */
import type { Dialect } from './csv.ts'
import type { TimeFormat } from './time-format.ts'
import type { FieldKind } from './vocabulary.ts'

/** A text of the record that a value may be: equal, or with `*` at an end standing for anything. Lower case. */
export interface Form {
  text: string
  openStart: boolean
  openEnd: boolean
}

export interface Field {
  name: string
  kind: FieldKind
  /** Where its text stands; the first that says something counts. Empty: it is `constant`. */
  slots: readonly number[]
  constant?: string
  /** Texts of the record in lower case → those of the event. Absent: the text itself. */
  table?: ReadonlyMap<string, string>
  /** Where the table has no line for a text. */
  otherwise?: string
}

export interface Condition {
  slot: number
  /** One of them fits. */
  forms: readonly Form[]
}

export interface Rule {
  /** All of them fit. */
  when: readonly Condition[]
  set: readonly { name: string; kind: FieldKind; text: string }[]
  /** The record is no event. */
  skip: boolean
}

export interface Mapping {
  name: string
  form:
    | { kind: 'json' }
    | { kind: 'csv'; dialect: Dialect; columns: readonly string[]; header: boolean; comment: string }
  /** Columns or paths that are read, by slot. */
  inputs: readonly string[]
  /** Texts that stand for nothing, in lower case. */
  empty: ReadonlySet<string>
  time: { slots: readonly number[]; formats: readonly TimeFormat[]; zone: string | undefined }
  fields: readonly Field[]
  rules: readonly Rule[]
}

/** Of a whole mapping as JSON text, in characters. */
export const LONGEST_MAPPING = 256 * 1024
