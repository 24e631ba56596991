/** Numbers as they stand in files: six significant digits, the same bytes on every machine. */

/** NaN has no number: null. */
export function outward(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null
}

/** The same for a table of text, where nothing is an empty field. */
export const outwardText = (value: number): string => outward(value)?.toString() ?? ''
