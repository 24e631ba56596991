/** What a source's fixture says, and how a source is driven over lines: for the tests of sources only. */
import { decode, encode } from '@heedful/detect/contracts/codec'
import type { Plain } from '@heedful/detect/contracts/plain'
import type { Event } from '../event.ts'
import { lineId } from '../identity.ts'
import type { Door } from '../log.ts'
import type { ClockState, Parser, Source } from '../sources/source.ts'

export interface Expected {
  timezone: string
  /** Year of the first stamp. */
  year: number
  /** Fields that are not compared, and why. */
  volatile: Record<string, string>
  events: Record<string, unknown>[]
  absorbed: Record<string, number>
  refused: { line: number; reason: string }[]
}

export const doorOf = (source: Source, timezone: string): Door => ({
  door: 1,
  name: 'test',
  format: source.id,
  timezone,
})

export interface Run {
  events: Event[]
  absorbed: Map<string, number>
  refused: { line: number; reason: string; detail: string }[]
}

/** Drives a source over lines, as intake and fold do; `reopen` says before which lines the parser and clock are saved and opened again. */
export function drive(
  source: Source,
  lines: readonly string[],
  { timezone, year }: { timezone: string; year: number },
  reopen: (at: number) => boolean = () => false,
): Run {
  const door = doorOf(source, timezone)
  let clock = source.clock({ timezone, year, last: Number.NaN })
  let parser: Parser = source.open(door)
  const run: Run = { events: [], absorbed: new Map(), refused: [] }
  lines.forEach((line, at) => {
    if (reopen(at)) {
      clock = source.clock(decode(encode(clock.save() as unknown as Plain)) as unknown as ClockState)
      parser = source.open(door, decode(encode(parser.save() as Plain)))
    }
    const parsed = parser.parse(line, clock.read(line), () => lineId(door.name, line, at), at)
    if (parsed.kind === 'events') run.events.push(...parsed.events)
    else if (parsed.kind === 'refused') run.refused.push({ line: at + 1, reason: parsed.reason, detail: parsed.detail })
    else run.absorbed.set(parsed.why, (run.absorbed.get(parsed.why) ?? 0) + 1)
  })
  run.events.push(...parser.flush(8.64e15))
  return run
}

/** Events without the fields that are declared volatile, as JSON would carry them. */
export function comparable(events: readonly Event[], volatile: Record<string, string>): Record<string, unknown>[] {
  return events.map((event) => {
    const fields = Object.entries(event).filter(([name]) => !Object.hasOwn(volatile, name))
    return JSON.parse(JSON.stringify({ ...Object.fromEntries(fields), time: new Date(event.time).toISOString() }))
  })
}
