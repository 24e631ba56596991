/** Numbers as sentences have them. */

/** `1 failure`, `2 failures`, `0 failures`; fractions that fading left are rounded. */
export function count(value: number, one: string, many = `${one}s`): string {
  const whole = Math.round(value)
  return `${whole} ${whole === 1 ? one : many}`
}

const every = (value: number, one: string): string =>
  Math.round(value) === 1 ? `every ${one}` : `every ${count(value, one)}`

/** What is usual an active hour: `about one failure every 20 active hours`, `about 2.4 failures an active hour`. */
export const usually = (rate: number, one: string): string =>
  rate < 1 ? `about one ${one} ${every(1 / rate, 'active hour')}` : `about ${rate.toFixed(1)} ${one}s an active hour`
