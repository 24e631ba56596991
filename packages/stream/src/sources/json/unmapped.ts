/** What a source does not know of a document, kept as text. */

/** The line itself stays in the log, whole. */
const LONGEST_REST = 16 * 1024

export const memberText = (path: string, value: unknown): string => `${JSON.stringify(path)}:${JSON.stringify(value)}`

/** JSON members as the text of one JSON object, at most 16 Ki characters; dropped members are counted. */
export function unmappedOf(rest: readonly string[]): string | undefined {
  if (rest.length === 0) return undefined
  let length = 0
  const fitting = rest.filter((member) => {
    length += member.length + 1
    return length <= LONGEST_REST
  })
  if (fitting.length < rest.length) fitting.push(`"_dropped":${rest.length - fitting.length}`)
  return `{${fitting.join(',')}}`
}
