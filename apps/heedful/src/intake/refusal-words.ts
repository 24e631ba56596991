/** Why lines are refused before they are parsed, in words: framing keeps the code alone. */
const WORDS = new Map([
  ['line_too_long', 'longer than 1 MiB'],
  ['clock_in_the_future', 'stamped more than a day after now'],
  ['clock_before_1990', 'stamped before 1990'],
  ['clock_jumps', 'stamped more than a day ahead of the lines around it'],
])

/** What a parser said of the line, or these words; empty where the reason says all. */
export const detailOf = ({ reason, detail }: { reason: string; detail: string }): string =>
  WORDS.get(reason) ?? (detail === reason ? '' : detail)
