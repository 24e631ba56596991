/**
 * Logs of any shape, CSV or JSON lines, read by a mapping that a person wrote or `heedful map` proposed. The mapping is part
 * of the door, so it stands in the log and a replay reads the same.
 */
import { meanLikeness } from '../json/whole-stamps.ts'
import type { ClockState, Source } from '../source.ts'
import { SourceError } from '../source-error.ts'
import { openClock } from './clock.ts'
import { LONGEST_MAPPING, type Mapping } from './mapping.ts'
import { MappingError } from './mapping-error.ts'
import { CsvParser, FORMAT, openJsonParser } from './parser.ts'
import { readMapping } from './read-mapping.ts'

/** The zone of clocks that only ask whether a line has a stamp. */
const ANY: ClockState = { timezone: 'UTC', year: 2024, last: Number.NaN }

function parseText(text: string): unknown {
  if (text.length > LONGEST_MAPPING) throw new MappingError([], `it is longer than ${LONGEST_MAPPING} characters`)
  try {
    return JSON.parse(text)
  } catch {
    throw new MappingError([], 'the mapping of a door is the text of a JSON object')
  }
}

function openParser(mapping: Mapping, saved: unknown) {
  return mapping.form.kind === 'json' ? openJsonParser(mapping, saved) : new CsvParser(mapping, mapping.form, saved)
}

/** The source that reads by one mapping. Throws `MappingError`. */
function readBy(text: string): Source {
  const mapping = readMapping(parseText(text))
  const { formats, zone } = mapping.time
  const clock = (state: ClockState) => openClock(mapping, state)
  return {
    id: FORMAT,
    title: `${mapping.form.kind === 'csv' ? 'CSV' : 'JSON lines'} by ${mapping.name === '' ? 'a mapping' : `the mapping "${mapping.name}"`}`,
    sniff(lines) {
      const reader = clock(ANY)
      const parser = openParser(mapping, undefined)
      return meanLikeness(lines, (line) =>
        parser.parse(line, reader.read(line), () => '', 0).kind === 'refused' ? 0 : 1,
      )
    },
    stamp: {
      year: formats.some(({ hasYear }) => !hasYear),
      zone: zone === undefined && formats.some(({ hasZone }) => !hasZone),
      lines: mapping.form.kind === 'csv',
    },
    mapping: text,
    clock,
    open: (_door, saved) => openParser(mapping, saved),
  }
}

const missing = (): SourceError =>
  new SourceError(
    'mapping_missing',
    'lines of the format "mapped" are read by a mapping, and none is given: heedful map FILE proposes one, --map names it',
  )

export const mapped: Source = {
  id: FORMAT,
  title: 'CSV or JSON lines by a mapping (--map FILE; heedful map proposes one)',
  sniff: () => 0,
  stamp: { year: false, zone: false },
  clock() {
    throw missing()
  },
  open(door, saved) {
    if (door.mapping === undefined) throw missing()
    return readBy(door.mapping).open(door, saved)
  },
  readBy,
}
