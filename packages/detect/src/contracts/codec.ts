import { FORMAT_VERSION, HEADER_BYTES, MAGIC } from './codec-format.ts'
import { Reader } from './codec-reader.ts'
import { Writer } from './codec-writer.ts'
import { HeedfulError } from './errors.ts'
import type { Plain } from './plain.ts'
import { whyNotPlain } from './why-not-plain.ts'
import { xxhash32 } from './xxhash32.ts'

const writer = new Writer()

/** The checksum covers what says how to read the payload, too. */
function checksum(bytes: Uint8Array, version: number, length: number): number {
  return xxhash32(bytes.subarray(HEADER_BYTES), (length ^ Math.imul(version, 0x9e3779b1)) >>> 0)
}

/**
 * Plain data as bytes. Equal data (same order of keys) gives equal bytes on every machine; NaN, −0, ±Infinity, lone
 * surrogates and all kinds of typed arrays survive.
 * Errors: `plain-unsupported` (naming the place), `plain-too-deep`, `codec-too-large`.
 */
export function encode(value: Plain): Uint8Array {
  const bytes = payload(value)
  const view = new DataView(bytes.buffer)
  const length = bytes.length - HEADER_BYTES
  bytes.set(MAGIC, 0)
  view.setUint32(4, FORMAT_VERSION, true)
  view.setUint32(8, length, true)
  view.setUint32(12, checksum(bytes, FORMAT_VERSION, length), true)
  return bytes
}

function payload(value: Plain): Uint8Array {
  try {
    return writer.write(value)
  } catch (error) {
    if (!(error instanceof HeedfulError) || error.code !== 'plain-unsupported') throw error
    throw new HeedfulError('plain-unsupported', whyNotPlain(value) ?? error.message)
  }
}

/**
 * The value that `encode` was given; typed arrays own their memory.
 * Errors: `codec-foreign`, `codec-version`, `codec-damaged`, `codec-too-large` (more than `maxBytes`), `plain-too-deep`.
 */
export function decode(bytes: Uint8Array, { maxBytes = 0xffff_ffff } = {}): Plain {
  if (bytes.length > maxBytes) {
    throw new HeedfulError('codec-too-large', `${bytes.length} bytes, more than the ${maxBytes} that are allowed here`)
  }
  if (bytes.length < HEADER_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new HeedfulError('codec-foreign', 'these bytes were not written by this codec: they do not begin with "Heed"')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(4, true)
  const length = view.getUint32(8, true)
  if (version !== FORMAT_VERSION) {
    throw new HeedfulError(
      'codec-version',
      `format ${version}; this build reads format ${FORMAT_VERSION}: use the build that wrote it`,
    )
  }
  if (bytes.length !== HEADER_BYTES + length) {
    throw new HeedfulError(
      'codec-damaged',
      `${bytes.length - HEADER_BYTES} bytes of payload where ${length} were written; take an older copy`,
    )
  }
  if (view.getUint32(12, true) !== checksum(bytes, version, length)) {
    throw new HeedfulError('codec-damaged', 'the checksum does not fit: bytes were changed; take an older copy')
  }
  return new Reader(bytes.subarray(HEADER_BYTES)).read()
}
