/** Text from logs must not move a terminal's cursor, change its title or turn the order of what is read. */

/**
 * Unicode's controls (C0, DEL, C1), format characters (direction marks, overrides and isolates, zero-width characters,
 * tags), line and paragraph separators, and halves of surrogate pairs.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Each of them becomes one visible U+FFFD. */
export const plainText = (text: string): string => text.replace(INVISIBLE, '\uFFFD')

const escapeOne = (found: string) =>
  [...Array(found.length).keys()].map((i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')

/** In JSON text they become `\\u` escapes, so nothing is lost. Line ends of its own layout stay. */
export const escapeInvisible = (json: string): string =>
  json.replace(INVISIBLE, (found) => (found === '\n' ? found : escapeOne(found)))

/** At most `width` characters, the cut shown. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`
}
