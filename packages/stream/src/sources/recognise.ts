/** Which format the first lines of something are. */
import { sources } from './registry.ts'
import type { Source } from './source.ts'
import { SourceError } from './source-error.ts'

/** Lines that are looked at. */
const SHOWN = 200
/** Half of the lines, about, must be of the format: logs have headers, blank lines and damage. */
const ENOUGH = 0.5

const listed = (): string => [...sources.values()].map(({ id, title }) => `  ${id}  ${title}`).join('\n')

/** The source that the lines look most like. Throws `SourceError` input_empty or format_unknown, naming the formats that are known. */
export function recognise(lines: readonly string[]): Source {
  const shown = lines.slice(0, SHOWN)
  if (shown.every((line) => line.trim() === '')) {
    throw new SourceError(
      'input_empty',
      `there is nothing to recognise a format by: no line has text. Known formats:\n${listed()}`,
    )
  }
  let best: Source | undefined
  let score = 0
  for (const source of sources.values()) {
    const likeness = source.sniff(shown)
    if (likeness <= score) continue
    best = source
    score = likeness
  }
  if (best !== undefined && score >= ENOUGH) return best
  const closest =
    best === undefined
      ? 'No line looks like any of them.'
      : `The closest is ${best.id}: ${Math.round(score * 100)} % like it. Name it to read the file as that.`
  throw new SourceError(
    'format_unknown',
    `the first ${shown.length} lines are of no known format. ${closest} Known formats:\n${listed()}`,
  )
}
