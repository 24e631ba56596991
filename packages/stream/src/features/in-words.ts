/** Numbers as sentences have them. */

/** `1 failure`, `2 failures`, `0 failures`; fractions that fading left are rounded. */
export function count(value: number, one: string, many = `${one}s`): string {
  const whole = Math.round(value)
  return `${whole} ${whole === 1 ? one : many}`
}

/** `every active hour`, `every 20 active hours`. */
export const every = (value: number, one: string): string =>
  Math.round(value) === 1 ? `every ${one}` : `every ${count(value, one)}`
