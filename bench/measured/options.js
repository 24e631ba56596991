/** Options of a bench as `parseArgs` reads them: texts with what they are if nothing is said, and flags. */
import { parseArgs } from 'node:util'

/** @param texts name → default. @param flags names. @returns the values of all of them, and of `--write` and `--help` */
export function readWords(words, texts, flags = []) {
  const text = Object.entries(texts).map(([name, value]) => [name, { type: 'string', default: value }])
  const flag = [...flags, 'write', 'help'].map((name) => [name, { type: 'boolean', default: false }])
  return parseArgs({ args: words, options: Object.fromEntries([...text, ...flag]) }).values
}
