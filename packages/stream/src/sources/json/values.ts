/** Values of documents, read as what they should be, whatever they are: numbers as texts, lists of one, wrong types. */
import { canonicalAddress } from '../../enrich/address.ts'

/** Names and words; longer ones are cut. */
export const WORD = 1024
/** Paths, commands, agents. */
export const TEXT = 8192

/** The first of a list, or the value itself. */
const single = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

/** Undefined where there is none, or an empty one. */
export function readText(value: unknown, longest = WORD): string | undefined {
  if (value === undefined) return undefined
  const one = single(value)
  if (typeof one === 'string') return one === '' ? undefined : one.length > longest ? one.slice(0, longest) : one
  return typeof one === 'number' || typeof one === 'boolean' ? String(one) : undefined
}

const NONE: readonly string[] = []

/** All texts of a list, at most 16. */
export function readTexts(value: unknown): readonly string[] {
  if (value === undefined) return NONE
  if (!Array.isArray(value)) {
    const text = readText(value)
    return text === undefined ? NONE : [text]
  }
  const texts: string[] = []
  for (let i = 0; i < value.length && i < 16; i++) {
    const text = readText(value[i])
    if (text !== undefined) texts.push(text)
  }
  return texts
}

export function readNumber(value: unknown): number | undefined {
  const one = single(value)
  const number = typeof one === 'string' && /^-?\d{1,17}(?:\.\d{1,17})?$/.test(one) ? Number(one) : one
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A whole number from 0 to `most`, or undefined. */
export function readCount(value: unknown, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const number = readNumber(value)
  return number === undefined || number < 0 || number > most ? undefined : Math.floor(number)
}

export function readFlag(value: unknown): boolean | undefined {
  const text = readText(value)?.toLowerCase()
  return text === 'true' || text === '1' || text === 'yes'
    ? true
    : text === 'false' || text === '0' || text === 'no'
      ? false
      : undefined
}

export function readIp(value: unknown): string | undefined {
  const text = readText(value)
  return text === undefined ? undefined : canonicalAddress(text)
}
