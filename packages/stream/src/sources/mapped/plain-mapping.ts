/** Plain data read as what it should be; what it is not is told with its key. */
import { isMembers } from '../json/document.ts'
import { type KeyPath, MappingError, unknownName } from './mapping-error.ts'

/** Texts in a mapping. */
const LONGEST_TEXT = 1024

export function readObject(value: unknown, path: KeyPath, most = 1000): Map<string, unknown> {
  if (!isMembers(value)) throw new MappingError(path, 'keys with values are wanted here')
  const entries = Object.entries(value)
  if (entries.length > most) throw new MappingError(path, `${entries.length} keys are more than ${most}`)
  return new Map(entries)
}

export function refuseUnknown(entries: ReadonlyMap<string, unknown>, known: readonly string[], path: KeyPath): void {
  for (const key of entries.keys()) {
    if (!known.includes(key)) throw new MappingError([...path, key], unknownName('key', key, known))
  }
}

/** Numbers and flags that YAML read out of a text are texts again. */
export function readPlainText(value: unknown, path: KeyPath): string {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  if (typeof text !== 'string') throw new MappingError(path, 'a text is wanted here')
  if (text.length > LONGEST_TEXT)
    throw new MappingError(path, `a text of ${text.length} characters is longer than ${LONGEST_TEXT}`)
  return text
}

/** A text, or a list of them. */
export function readPlainTexts(value: unknown, path: KeyPath, most: number): string[] {
  if (!Array.isArray(value)) return [readPlainText(value, path)]
  if (value.length === 0 || value.length > most)
    throw new MappingError(path, `a text, or a list of 1 to ${most} of them, is wanted here`)
  return value.map((one, at) => readPlainText(one, [...path, at]))
}

export function readPlainFlag(value: unknown, path: KeyPath): boolean {
  if (typeof value !== 'boolean') throw new MappingError(path, 'true or false is wanted here')
  return value
}

/** One character that no line end is. */
export function readCharacter(value: unknown, path: KeyPath): string {
  const text = readPlainText(value, path)
  if (text.length !== 1 || text === '\n' || text === '\r')
    throw new MappingError(path, 'one character is wanted here, "\\t" for a tabulator')
  return text
}
