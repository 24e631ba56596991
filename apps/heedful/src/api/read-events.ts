/** The body of a request → lines, one event each. Whatever comes, memory stays bounded and the answer says what is wrong. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Line, LineCutter } from '../intake/lines.ts'
import { Refusal } from '../serving/refusal.ts'

export const NDJSON = 'application/x-ndjson'
export const JSON_TYPE = 'application/json'

/** Largest body once it is unpacked, bytes. */
const UNPACKED = 32 * 1024 * 1024
/** Events of one request. */
const EVENTS = 10_000
/** An event that nests deeper is not written out again. */
const DEEPEST = 64
const BODY_WAY_OUT = 'send JSON lines (application/x-ndjson) or a JSON array (application/json)'

const refuse = (status: number, code: string, message: string, wayOut = BODY_WAY_OUT, cause?: unknown) =>
  new Refusal(code, message, { status, wayOut, cause })

const unpackGzip = promisify(gunzip)

/** So many bodies are unpacked at once; the others wait packed. */
const UNPACKING = 4
let unpacking = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (unpacking >= UNPACKING) await new Promise<void>((resolve) => waiting.push(resolve))
  else unpacking++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) unpacking--
    else next()
  }
}

async function unpack(body: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === 'identity' || encoding === '') return body
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw refuse(
      415,
      'encoding-unknown',
      'the body is packed in a way that is not read here',
      'pack it with gzip, or not at all',
    )
  }
  try {
    return await inTurn(() => unpackGzip(body, { maxOutputLength: UNPACKED }))
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw refuse(413, 'body-too-large', `the body unpacks to more than ${UNPACKED} bytes`, 'send it in parts', error)
    }
    throw refuse(400, 'gzip-damaged', 'the body is declared gzip, and is none or is cut short', 'pack it again', error)
  }
}

function readLines(body: Buffer): Line[] {
  const cutter = new LineCutter()
  const lines = cutter.cut(body)
  const last = cutter.end()
  if (last !== undefined) lines.push(last)
  return lines.filter(({ text }) => text !== '')
}

/** Whether a value nests deeper than `left`. Never descends further than that itself. */
function isDeeper(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  for (const inner of Array.isArray(value) ? value : Object.values(value)) if (isDeeper(inner, left - 1)) return true
  return false
}

function parseArray(body: Buffer): unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch (error) {
    const hint = 'send one whole JSON array; for one event a line declare application/x-ndjson'
    throw refuse(400, 'json-invalid', 'the body is declared JSON, and is none or is cut short', hint, error)
  }
  if (!Array.isArray(parsed)) throw refuse(400, 'json-no-array', 'the body is JSON, but no array of events')
  return parsed
}

function readArray(body: Buffer): Line[] {
  const events = parseArray(body)
  refuseTooMany(events.length)
  if (isDeeper(events, DEEPEST + 1)) {
    throw refuse(400, 'json-too-deep', `an event is nested more than ${DEEPEST} deep`, 'send flatter events')
  }
  return events.map((event, i) => ({ text: JSON.stringify(event), number: i + 1, end: 0, damaged: false }))
}

function refuseTooMany(count: number): void {
  if (count <= EVENTS) return
  throw refuse(413, 'too-many-events', `${count} events in one request, more than ${EVENTS}`, 'send them in parts')
}

/** Throws `Refusal`. */
export async function readEvents(body: Buffer, type: string, encoding: string): Promise<Line[]> {
  const bytes = await unpack(body, encoding.trim().toLowerCase())
  const lines = type === JSON_TYPE ? readArray(bytes) : readLines(bytes)
  refuseTooMany(lines.length)
  if (lines.length === 0) throw refuse(400, 'body-empty', 'there is no event in the body')
  return lines
}
