/** One group of records as one checksummed blob: a torn or foreign one is noticed, not folded. */
import { crc32 } from 'node:zlib'
import type { LogRecord } from '@heedful/stream'
import type { Group, Origin } from './log.ts'

export interface Blob {
  bytes: Uint8Array
  checksum: number
}

/** JSON has no NaN: a raw record without a stamp carries null instead. */
type Written = { records: unknown[]; files: number[]; lines: number[] }

const checksumOf = (bytes: Uint8Array, first: number) => crc32(bytes, first % 0x1_0000_0000)

export function writeBlob(group: Group, first: number): Blob {
  const written: Written = {
    records: group.records as LogRecord[],
    files: group.origins.map(({ file }) => file),
    lines: group.origins.map(({ line }) => line),
  }
  const bytes = Buffer.from(JSON.stringify(written))
  return { bytes, checksum: checksumOf(bytes, first) }
}

/** Undefined where the bytes are not what was written at this place. */
export function readBlob(blob: Blob, first: number): Group | undefined {
  if (checksumOf(blob.bytes, first) !== blob.checksum) return undefined
  const { records, files, lines } = JSON.parse(Buffer.from(blob.bytes).toString('utf8')) as Written
  return { records: records.map(restore), origins: files.map((file, i): Origin => ({ file, line: lines[i] ?? 0 })) }
}

function restore(record: unknown): LogRecord {
  const read = record as LogRecord
  if (read.kind === 'raw' && read.time === null) read.time = Number.NaN
  return read
}
