/** What the file of a detector says of it: the comment at its head, and that of what it exports. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** From the root of the project. */
export const pathOf = ({ kind, id }) => `packages/detect/src/detectors/${kind}/${id}.ts`

/** Paragraphs of a comment, each in one line. */
function paragraphs(comment) {
  const lines = comment
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\*\*|\*\/|\*)? ?/, '').replace(/\s*\*\/\s*$/, ''))
  const joined = lines.map((line) => line.trim()).join('\n')
  return joined
    .split(/\n{2,}/)
    .map((one) => one.trim().replaceAll('\n', ' '))
    .filter((one) => one !== '')
}

const LABELS = { use: /^Use it /, not: /^Not /, formula: /^Formula: /, cost: /^Cost: / }

/**
 * @returns {{ what: string, notes: string[], use: string, not: string, formula: string, cost: string, answers: string[],
 *   example: string, exported: string }} Throws where the file does not say it.
 */
export function readHead(detector) {
  const path = pathOf(detector)
  const text = readFileSync(join(ROOT, path), 'utf8')
  const comments = text.match(/\/\*\*[\s\S]*?\*\//g) ?? []
  const [what, ...rest] = paragraphs(comments[0] ?? '')
  const said = Object.entries(LABELS).map(([name, label]) => [name, rest.find((one) => label.test(one))])
  const missing = said.filter(([, one]) => one === undefined).map(([name]) => LABELS[name].source.slice(1).trim())
  if (missing.length > 0) {
    throw new Error(`${path}: the comment at its head has no paragraph that begins with "${missing.join('", "')}"`)
  }
  const notes = rest.filter((one) => !Object.values(LABELS).some((label) => label.test(one)))
  const exporting = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\s*export const (\w+) = defineDetector/.exec(text)
  const own = paragraphs(exporting?.[1] ?? '')
  const example = own.find((one) => one.startsWith('@example'))?.replace(/^@example `(.*)`$/, '$1')
  if (example === undefined) throw new Error(`${path}: what it exports has no comment with an @example`)
  const answers = own.filter((one) => !one.startsWith('@example'))
  return { what, notes, ...Object.fromEntries(said), answers, example, exported: exporting[2] }
}
