/**
 * Plain data as JSON that anything can read: what JSON has no word for stands as an object with the key "$".
 *
 * - `{"$":"Float64Array","base64":"…"}`: numbers in a row, little-endian
 * - `{"$":"number","is":"NaN"}`: NaN, Infinity, -Infinity, -0
 * - `{"$":"Map","entries":[["key",value],…]}`
 */
import { createHash } from 'node:crypto'
import { HeedfulError, type Plain, type TypedArray } from '@heedful/detect'

const ARRAYS = new Map(
  [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array].map((one) => [
    one.name,
    one,
  ]),
)
const ODD_NUMBERS = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

const damaged = (why: string) => new HeedfulError('codec-damaged', why)

function toJson(value: Plain): unknown {
  if (typeof value === 'number') return numberToJson(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Map) return { $: 'Map', entries: [...value].map(([key, one]) => [key, toJson(one as Plain)]) }
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value as TypedArray
    return { $: value.constructor.name, base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one as Plain)]))
}

function numberToJson(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value
  return { $: 'number', is: Object.is(value, -0) ? '-0' : String(value) }
}

type Tagged = { $?: unknown; base64?: unknown; is?: unknown; entries?: unknown }

function fromJson(value: unknown): Plain {
  if (typeof value !== 'object' || value === null) return value as Plain
  if (Array.isArray(value)) return value.map(fromJson)
  const { $: tag, base64, is, entries } = value as Tagged
  if (tag === undefined) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fromJson(one)]))
  if (tag === 'number' && ODD_NUMBERS.has(String(is))) return ODD_NUMBERS.get(String(is))!
  if (tag === 'Map' && Array.isArray(entries))
    return new Map((entries as [string, unknown][]).map(([key, one]) => [key, fromJson(one)]))
  const made = ARRAYS.get(String(tag))
  if (made === undefined || typeof base64 !== 'string')
    throw damaged(`"${String(tag)}" is nothing that a model is made of`)
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  if (bytes.length % made.BYTES_PER_ELEMENT !== 0) throw damaged(`a ${made.name} ends within a number`)
  return new made(bytes.buffer)
}

const checksumOf = (json: string) => createHash('sha256').update(json).digest('hex')

/** One line of JSON. The checksum is SHA-256 of the text of `model`, without spaces. */
export function writeJsonModel(value: Plain): string {
  const json = JSON.stringify(toJson(value))
  return `{"heedful_model":1,"sha256":"${checksumOf(json)}","model":${json}}\n`
}

/** Errors: `codec-foreign`, `codec-damaged`. */
export function readJsonModel(bytes: Uint8Array): Plain {
  const text = new TextDecoder().decode(bytes)
  const head = /^\{"heedful_model":(\d+),"sha256":"([0-9a-f]{64})","model":/.exec(text)
  if (head === null) throw new HeedfulError('codec-foreign', 'it is JSON, but does not begin as a model does')
  if (head[1] !== '1') throw new HeedfulError('codec-version', `it is of form ${head[1]}; this build reads form 1`)
  const json = text.trimEnd().slice(head[0].length, -1)
  if (checksumOf(json) !== head[2] || !text.trimEnd().endsWith('}')) {
    throw damaged('its checksum does not fit: it was cut short or changed')
  }
  return fromJson(JSON.parse(json))
}
