/** The time of a record: its texts joined, in the first of the mapping's formats that reads it. */
import type { StampResolver } from '../stamp-resolver.ts'
import type { Mapping } from './mapping.ts'

/** Empty where one of them says nothing. */
export function timeText({ time: { slots } }: Mapping, texts: readonly string[]): string {
  const [only] = slots
  if (slots.length === 1) return texts[only as number] as string
  const parts = slots.map((slot) => texts[slot] as string)
  return parts.includes('') ? '' : parts.join(' ')
}

/** ms UTC, or NaN. */
export function readTime(mapping: Mapping, texts: readonly string[], stamps: StampResolver): number {
  const text = timeText(mapping, texts)
  if (text === '') return Number.NaN
  for (const format of mapping.time.formats) {
    const found = format.read(text)
    if (typeof found === 'number') return stamps.keep(found)
    if (found !== undefined) return stamps.resolve(found)
  }
  return Number.NaN
}
