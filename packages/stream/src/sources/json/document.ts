/** One line → one JSON object, or why it is none. */
import type { Parsed } from '../source.ts'

/** Longer lines are not read. */
export const LONGEST = 1024 * 1024
const DEEPEST = 32

/** The members of an object of a document: its keys are read, never used as property names. */
export type Members = { readonly [key: string]: unknown }

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value nests deeper than `left`. Never descends further than that itself. */
export function isDeeper(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  for (const inner of Array.isArray(value) ? value : Object.values(value)) if (isDeeper(inner, left - 1)) return true
  return false
}

export const refused = (reason: string, detail: string): Parsed => ({ kind: 'refused', reason, detail })

export const TOO_DEEP = refused('json_too_deep', `a value is nested more than ${DEEPEST} deep`)

function parseWhole(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The object of a line goes on to `read`; whatever else the line may be is answered here. */
export function readDocument(line: string, read: (document: Members) => Parsed): Parsed {
  if (line.length > LONGEST) return refused('line_too_long', `${line.length} characters, more than ${LONGEST}`)
  if (line.trim() === '') return { kind: 'absorbed', why: 'an empty line' }
  const document = parseWhole(line)
  if (document === undefined) return refused('json_invalid', 'the line is not one whole JSON value')
  return isMembers(document) ? read(document) : refused('json_no_object', 'the line is JSON, but no object')
}
