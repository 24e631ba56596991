/** Addresses behind `#`: `#/alerts?q=x` is the path `/alerts` and the search `?q=x`. */

export const linkTo = (href: string): string => `#${href}`

/** The path and, with its mark, the search. */
export function splitHash(hash: string): { path: string; search: string } {
  const href = hash.replace(/^#/, '')
  const mark = href.indexOf('?')
  const [path, search] = mark < 0 ? [href, ''] : [href.slice(0, mark), href.slice(mark)]
  return { path: path || '/', search }
}
