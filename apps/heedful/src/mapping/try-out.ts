/** A proposed mapping on the lines that it was proposed from. */
import type { Event, Source } from '@heedful/stream'

export interface Trial {
  events: number
  absorbed: number
  refused: number
  /** The first that was refused. */
  example: { line: string; detail: string } | undefined
  /** Three events that differ, as they would be understood. */
  examples: { line: string; fields: [string, string][] }[]
}

const SHOWN = 3
const NOT_SHOWN = new Set(['id', 'position', 'time'])

const outward = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The fields of an event by their outward names, in a person's order. */
function fieldsOf(event: Event): [string, string][] {
  const fields: [string, string][] = [['time', new Date(event.time).toISOString()]]
  const add = (value: object, prefix: string) => {
    for (const [key, inner] of Object.entries(value)) {
      if (prefix === '' && NOT_SHOWN.has(key)) continue
      const name = prefix + outward(key)
      if (typeof inner === 'object' && inner !== null) add(inner, `${name}.`)
      else fields.push([name, String(inner)])
    }
  }
  add(event, '')
  return fields
}

/** Of what differs in class, activity or outcome one each, then the first others. */
function chooseExamples(all: readonly { line: string; event: Event }[]): Trial['examples'] {
  const kinds = new Map<string, { line: string; event: Event }>()
  for (const one of all) {
    const key = `${one.event.class} ${one.event.activity} ${one.event.status}`
    if (!kinds.has(key)) kinds.set(key, one)
  }
  const chosen = [...kinds.values()].slice(0, SHOWN)
  for (const one of all) if (chosen.length < SHOWN && !chosen.includes(one)) chosen.push(one)
  return chosen.map(({ line, event }) => ({ line, fields: fieldsOf(event) }))
}

/** `year`: of the first line, where stamps carry none. */
export function tryOut(source: Source, lines: readonly string[], timezone: string, year: number): Trial {
  const clock = source.clock({ timezone, year, last: Number.NaN })
  const parser = source.open({ door: 1, name: 'trial', format: source.id, timezone })
  const all: { line: string; event: Event }[] = []
  const trial: Trial = { events: 0, absorbed: 0, refused: 0, example: undefined, examples: [] }
  lines.forEach((line, at) => {
    const parsed = parser.parse(line, clock.read(line), () => String(at), at)
    if (parsed.kind === 'events')
      for (const event of parsed.events) all.push({ line: lines[event.position] as string, event })
    else if (parsed.kind === 'absorbed') trial.absorbed++
    else {
      trial.refused++
      trial.example ??= { line, detail: parsed.detail }
    }
  })
  return { ...trial, events: all.length, examples: chooseExamples(all) }
}
