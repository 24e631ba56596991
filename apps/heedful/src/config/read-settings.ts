/** A configuration file → settings. Whatever is wrong is told with its line, all of it at once. */
import { readFileSync, statSync } from 'node:fs'
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import { Value } from 'typebox/value'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { CommandError } from '../errors.ts'
import { unreadable } from '../intake/bytes.ts'
import { findFormat } from '../intake/formats.ts'
import { bindMapping } from '../mapping/bind-mapping.ts'
import { readMappingFile } from '../mapping/mapping-file.ts'
import { readBudget, readDuration, readTimezone } from './durations.ts'
import { ServerSettings } from './server-settings.ts'

/** A configuration is small; more is another file. */
const LARGEST = 1024 * 1024
const SHOWN = 10

interface Fault {
  line: number
  text: string
}

const WAY_OUT = 'mend it; heedful config --example shows every key, heedful config --schema is for your editor'

function refuse(path: string, faults: readonly Fault[]): CommandError {
  const shown = [...faults].sort((a, b) => a.line - b.line).slice(0, SHOWN)
  const text = shown.map((fault) => `line ${fault.line}: ${fault.text}`).join('; ')
  return new CommandError('config-invalid', `${path}, ${text}`, WAY_OUT)
}

/** Where a value of the document stands; for a key that should not be there, where the key stands. */
function lineOf(contents: Node | null, pointer: string, lines: LineCounter): number {
  let node: unknown = contents
  let line = 1
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name)
      const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined
      if (start !== undefined) line = lines.linePos(start).line
      node = pair?.value
    } else if (isSeq(node)) {
      node = node.items[Number(name)]
      const start = (node as Node | undefined)?.range?.[0]
      if (start !== undefined) line = lines.linePos(start).line
    }
  }
  return line
}

const last = (pointer: string): string => pointer.split('/').at(-1) ?? ''

function keysAt(schemaPath: string): string[] {
  let schema: unknown = ServerSettings
  for (const part of schemaPath.split('/').slice(1, -1)) schema = (schema as Record<string, unknown>)[part]
  return Object.keys((schema as { properties?: object }).properties ?? {})
}

function describe(keyword: string, message: string, instancePath: string, schemaPath: string): string {
  if (keyword !== 'boolean') return `${instancePath.slice(1).replaceAll('/', '.') || 'the file'} ${message}`
  const known = keysAt(schemaPath)
  const near = nearestName(last(instancePath), known)
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean "${near}"?`
  return `there is no key "${last(instancePath)}" (${hint})`
}

/** Throws `config-invalid` naming the lines, and `CommandError` where the file cannot be read. */
export function readSettings(path: string): ServerSettings {
  const lines = new LineCounter()
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    throw refuse(
      path,
      document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, text: message })),
    )
  }
  const value: unknown = document.toJS() ?? {}
  const at = (pointer: string) => lineOf(document.contents, pointer, lines)
  const faults = Value.Errors(ServerSettings, value)
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .map(({ keyword, message, instancePath, schemaPath }) => ({
      line: at(instancePath),
      text: describe(keyword, message, instancePath, schemaPath),
    }))
  if (faults.length > 0) throw refuse(path, faults)
  const settings = value as ServerSettings
  const meant = checkMeaning(settings, at)
  if (meant.length > 0) throw refuse(path, meant)
  return settings
}

function readText(path: string): string {
  try {
    if (statSync(path).size > LARGEST) throw refuse(path, [{ line: 1, text: `more than ${LARGEST} bytes` }])
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** What a schema cannot say: durations, zones, formats. */
function checkMeaning(settings: ServerSettings, at: (pointer: string) => number): Fault[] {
  const faults: Fault[] = []
  const check = (pointer: string, work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      faults.push({ line: at(pointer), text: `${error.message} (${error.wayOut})` })
    }
  }
  const { budget, warmup, timezone, files = [] } = settings
  if (budget !== undefined) check('/budget', () => readBudget(String(budget), 'budget'))
  if (warmup !== undefined) check('/warmup', () => readDuration(warmup, 'warmup'))
  if (timezone !== undefined) check('/timezone', () => readTimezone(timezone, 'timezone'))
  files.forEach(({ format = 'auto', map, path }, i) => {
    if (map !== undefined) check(`/files/${i}/map`, () => bindMapping(readMappingFile(map), [], path))
    else if (format !== 'auto') check(`/files/${i}/format`, () => findFormat(format))
  })
  return faults
}
