/** The promises of features, as checks that answer with sentences. Each is shown to fail on a feature that breaks it. */
import { clonePlain, type Plain } from '@heedful/detect'
import type { Feature, Seen, Surroundings, Values } from '@heedful/stream/features/feature'
import { Around, EVERYBODY } from '@heedful/stream/memory/around'

// biome-ignore lint/suspicious/noExplicitAny: a feature's memory is its own affair
export type AnyFeature = Feature<any>

export const startSurroundings = (): Surroundings => ({ around: new Around(), group: EVERYBODY })

/** One event in the order of the journey: asked, noted, taught if it succeeded. */
export function live(feature: AnyFeature, memory: unknown, seen: Seen, surroundings: Surroundings): Values | undefined {
  const captured = feature.capture?.(memory, seen)
  const values = feature.read(memory, seen, surroundings)
  feature.note?.(memory, seen)
  if (seen.event.status === 'success') feature.learn?.(memory, seen, surroundings, captured)
  surroundings.around.tick()
  return values
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const part of Object.values(value)) freeze(part)
}

export function checkDescription({ id, version, summary, upgrade }: AnyFeature): string[] {
  const broken: string[] = []
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) broken.push(`its id "${id}" is not kebab-case`)
  if (!/^[A-Z].*\.$/s.test(summary)) broken.push('its summary is not a sentence')
  for (let older = 1; older < version; older++) {
    if (upgrade?.[older] === undefined) broken.push(`memory of its version ${older} cannot be read any more (upgrade)`)
  }
  return broken
}

/** Reading never changes memory: it is frozen while it is asked. */
export function checkAskingChangesNothing(feature: AnyFeature, events: readonly Seen[]): string[] {
  const surroundings = startSurroundings()
  let memory = feature.start()
  for (const seen of events) {
    const frozen = clonePlain(memory as Plain)
    freeze(frozen)
    try {
      feature.read(frozen, seen, surroundings)
      feature.tell(frozen, seen, surroundings)
      feature.maturity(frozen)
      feature.capture?.(frozen, seen)
      feature.holdings?.(frozen)
    } catch (error) {
      return [`asking it about event ${seen.event.id} wrote into its memory: ${(error as Error).message}`]
    }
    live(feature, memory, seen, surroundings)
    memory = clonePlain(memory as Plain)
  }
  return []
}

/** Memory is plain data: a copy of it goes on exactly as it would have itself. */
export function checkMemoryIsPlain(feature: AnyFeature, events: readonly Seen[]): string[] {
  const [one, other] = [startSurroundings(), startSurroundings()]
  const memory = feature.start()
  let copied = clonePlain(feature.start() as Plain)
  for (const seen of events) {
    const said = live(feature, memory, seen, one)
    const repeated = live(feature, copied, seen, other)
    if (JSON.stringify(said) !== JSON.stringify(repeated)) {
      return [
        `after its memory was copied it reads event ${seen.event.id} as ${JSON.stringify(repeated)}, not ${JSON.stringify(said)}`,
      ]
    }
    copied = clonePlain(copied as Plain)
  }
  return []
}

/** What was read stays as it was read: the future does not change the past. */
export function checkPastStays(feature: AnyFeature, events: readonly Seen[]): string[] {
  const surroundings = startSurroundings()
  const memory = feature.start()
  const read: { seen: Seen; values: Values; asRead: string }[] = []
  for (const seen of events) {
    const values = live(feature, memory, seen, surroundings)
    if (values !== undefined) read.push({ seen, values, asRead: JSON.stringify(values) })
  }
  const changed = read.find(({ values, asRead }) => JSON.stringify(values) !== asRead)
  return changed === undefined ? [] : [`what it read of event ${changed.seen.event.id} changed when later events came`]
}

/** Numbers are finite or NaN (unknown), words are words, whatever things are called. */
export function checkNumbers(feature: AnyFeature, events: readonly Seen[]): string[] {
  const surroundings = startSurroundings()
  const memory = feature.start()
  for (const seen of events) {
    const { observed, expected } = feature.tell(memory, seen, surroundings)
    const values = live(feature, memory, seen, surroundings)
    for (const [name, value] of Object.entries(values ?? {})) {
      if (typeof value !== 'number' || Math.abs(value) === Number.POSITIVE_INFINITY)
        return [`it reads ${name} = ${value} of event ${seen.event.id}`]
    }
    if (values !== undefined && /undefined|NaN|Infinity|\[object/.test(`${observed} ${expected}`)) {
      return [`it tells of event ${seen.event.id}: observed "${observed}", expected "${expected}"`]
    }
    const maturity = feature.maturity(memory)
    if (!(maturity >= 0 && Number.isFinite(maturity)))
      return [`its maturity is ${maturity} after event ${seen.event.id}`]
  }
  return []
}

/** The memory of one entity is bounded, however many different things it sees. */
export function checkMemoryIsBounded(feature: AnyFeature, events: readonly Seen[], mostBytes: number): string[] {
  const surroundings = startSurroundings()
  const memory = feature.start()
  for (const seen of events) live(feature, memory, seen, surroundings)
  const bytes = JSON.stringify(memory).length
  return bytes > mostBytes
    ? [`its memory of one entity takes ${bytes} bytes after ${events.length} events, more than ${mostBytes}`]
    : []
}
