/** Networks and their autonomous systems from CSV: `start,end,asn,name` or `cidr,asn,name`, plain or gzip, IPv4 and IPv6. */
import type { AutonomousSystem } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import { inputOf, openBytes } from '../intake/bytes.ts'
import { readLines } from '../intake/lines.ts'
import { NetworkTable, readBits, readRange } from './networks.ts'

/** Fields of one line: quoted ones may hold commas and doubled quotes (RFC 4180; no line ends inside a field). */
export function splitFields(line: string): string[] {
  const fields: string[] = []
  const pattern = /("(?:[^"]|"")*"|[^,]*)(,|$)/y
  for (;;) {
    const match = pattern.exec(line)
    if (match === null) return fields
    const [, field = '', comma] = match
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim())
    if (comma === '') return fields
  }
}

function readSystem(asn: string | undefined, name: string | undefined): AutonomousSystem | undefined {
  const number = Number(/^(?:AS)?(\d{1,10})$/i.exec(asn ?? '')?.[1])
  if (Number.isNaN(number)) return undefined
  return name === undefined || name === '' ? { number } : { number, name }
}

function addLine(table: NetworkTable, fields: string[]): boolean {
  const range = readRange(fields[0] ?? '')
  if (range !== undefined) {
    const system = readSystem(fields[1], fields[2])
    if (system !== undefined) table.add(...range, system)
    return system !== undefined
  }
  const [start, end] = [readBits(fields[0] ?? ''), readBits(fields[1] ?? '')]
  const system = readSystem(fields[2], fields[3])
  if (start === undefined || start.version !== end?.version || system === undefined) return false
  table.add(start, end, system)
  return true
}

/** Throws `geo-unreadable` where most lines are in neither form. */
export async function readNetworks(path: string): Promise<NetworkTable> {
  const table = new NetworkTable()
  const bytes = await openBytes(inputOf(path))
  let bad = 0
  let example = ''
  try {
    for await (const lines of readLines(bytes)) {
      for (const { text, number } of lines) {
        if (text === '' || text.startsWith('#') || addLine(table, splitFields(text))) continue
        // The first line may be a header.
        if (number > 1) bad++
        example ||= `line ${number}`
      }
    }
  } finally {
    await bytes.close()
  }
  if (table.size === 0 || bad > table.size || bytes.damage !== undefined) {
    const why = bytes.damage ?? `${bad} lines are in neither form, the first in ${example || 'an empty file'}`
    throw new CommandError(
      'geo-unreadable',
      `${path} is no list of networks: ${why}`,
      'give lines of start,end,asn,name or cidr,asn,name, or an .mmdb file',
    )
  }
  return table
}
