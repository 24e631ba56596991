/**
 * The bytes of the codec, little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0–3 | `Heed` |
 * | 4 | version of the format |
 * | 5–7 | 0 |
 * | 8–11 | length of the payload in bytes |
 * | 12–15 | XXH32 of the payload, seeded with bytes 4–11 |
 * | 16 … | payload: one value |
 *
 * A value begins with a tag. Whole numbers of 32 bits are short; −0 and NaN keep their identity. Records share their
 * keys: the first of a shape lists them, later ones name the shape by number, so a snapshot of many small records is
 * mostly values.
 */
export const MAGIC = [0x48, 0x65, 0x65, 0x64] as const
export const FORMAT_VERSION = 1
export const HEADER_BYTES = 16
/** Nesting of arrays, maps and records: writing refuses what reading would refuse. */
export const MAX_DEPTH = 128

/** 0x00–0x7f are the whole numbers 0–127 themselves. */
export const Tag = {
  /** + length 0–31: text of characters below 128, one byte each. */
  SHORT_TEXT: 0x80,
  /** + number of a known shape 0–31: its values follow. */
  NEAR_SHAPE: 0xa0,
  NULL: 0xc0,
  FALSE: 0xc1,
  TRUE: 0xc2,
  NAN: 0xc3,
  /** 8 bytes. */
  FLOAT64: 0xc4,
  /** Zigzag varint, 32 bits. */
  INT: 0xc5,
  /** Varint length, one byte a character below 128. */
  TEXT: 0xc6,
  /** Varint count of UTF-16 units, two bytes each: lone surrogates survive. */
  WIDE_TEXT: 0xc7,
  /** Varint count, values. */
  ARRAY: 0xc8,
  /** Varint count, then text and value in turn. */
  MAP: 0xc9,
  /** Varint count of keys, texts; defines the next shape; its values follow. */
  NEW_SHAPE: 0xca,
  /** Varint number of a known shape; its values follow. */
  FAR_SHAPE: 0xcb,
  /** Kind, varint count of elements, bytes. */
  TYPED_ARRAY: 0xcc,
} as const

/** A typed array's kind is its place in this list: append only. */
export const TYPED_ARRAYS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const
