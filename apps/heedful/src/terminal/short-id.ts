/** Ids as short as tells them apart: the kind of entity, then at least this many characters of the rest. */
const LEAST = 4

const shorten = (id: string, length: number) => id.slice(0, id.indexOf('-') + 1 + length)

/** Shortens ids of `all` so that none of them begins like another. */
export function shortIds(all: readonly string[]): (id: string) => string {
  const ids = [...new Set(all)]
  const longest = Math.max(LEAST, ...ids.map((id) => id.length))
  let length = LEAST
  while (length < longest && new Set(ids.map((id) => shorten(id, length))).size < ids.length) length++
  return (id) => shorten(id, length)
}
