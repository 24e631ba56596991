/** The stamps of a mapped log, in the order of its lines. */
import { isMembers, LONGEST } from '../json/document.ts'
import type { Clock, ClockState } from '../source.ts'
import { StampResolver } from '../stamp-resolver.ts'
import { CsvLines } from './csv-lines.ts'
import type { Mapping } from './mapping.ts'
import { readTime } from './read-time.ts'
import { openColumns, openPaths } from './record.ts'

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** With the mapping's own zone, where it names one. */
const resolverOf = ({ time: { zone } }: Mapping, state: ClockState): StampResolver =>
  new StampResolver(zone === undefined ? state : { ...state, timezone: zone })

function jsonClock(mapping: Mapping, state: ClockState): Clock {
  const stamps = resolverOf(mapping, state)
  const read = openPaths({
    ...mapping,
    inputs: mapping.inputs.map((name, slot) => (mapping.time.slots.includes(slot) ? name : '')),
  })
  return {
    read(line) {
      const document = line.length > LONGEST ? undefined : parseJson(line)
      return isMembers(document) ? readTime(mapping, read(document).texts, stamps) : Number.NaN
    },
    save: () => ({ ...stamps.save(), timezone: state.timezone }),
  }
}

function csvClock(mapping: Mapping, form: Extract<Mapping['form'], { kind: 'csv' }>, state: ClockState): Clock {
  const stamps = resolverOf(mapping, state)
  const lines = new CsvLines(form.dialect, state.held)
  const read = openColumns(mapping, form.columns)
  return {
    read(line) {
      if (line.length > LONGEST || (lines.save() === undefined && form.comment !== '' && line.startsWith(form.comment)))
        return Number.NaN
      const joined = lines.add(line)
      if (joined.kind !== 'fields' || joined.fields.length !== form.columns.length) return Number.NaN
      return readTime(mapping, read(joined.fields).texts, stamps)
    },
    save() {
      const held = lines.save()
      return { ...stamps.save(), timezone: state.timezone, ...(held !== undefined && { held }) }
    },
  }
}

export const openClock = (mapping: Mapping, state: ClockState): Clock =>
  mapping.form.kind === 'json' ? jsonClock(mapping, state) : csvClock(mapping, mapping.form, state)
