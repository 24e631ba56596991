/** The fold step by step: how long one line takes, which step was longest, what the memory weighs. */
import { encode } from '@heedful/detect'
import { openFold } from '@heedful/stream'
import { features } from '@heedful/stream/features/registry'
import { Entities } from '@heedful/stream/memory/entities'
import { recordsOf, settingsFor } from '../attacks/journey.js'

export const CAPACITY = { user: 1e6, host: 1e6, address: 1e6, organisation: 1 }

/** Folds a whole log; every step is timed where `timed` is set. */
export function foldLog(log, { timed }) {
  const fold = openFold(settingsFor(log), { hash: 'none' }, { verdict() {}, alert() {}, deadLetter() {} })
  const steps = new Float64Array(timed ? log.lines.length : 0)
  const longest = { ms: 0, what: '' }
  let count = 0
  for (const [record, position] of recordsOf(log.lines)) {
    if (!timed) {
      fold.step(record, position)
      continue
    }
    const started = performance.now()
    fold.step(record, position)
    const ms = performance.now() - started
    if (record.kind === 'raw') steps[count++] = ms
    if (ms > longest.ms)
      Object.assign(longest, { ms, what: `${record.kind} at ${new Date(record.time ?? log.start).toISOString()}` })
  }
  return { fold, steps: steps.subarray(0, count).sort(), longest }
}

export const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]

/** Every text in a value, as often as it stands there. */
export function* textsIn(value) {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* textsIn(one)
}

/**
 * Bytes of the saved memory, by the type of the entity, and of all that a fold saves. Texts are kept once for all, so a type
 * pays for each text that any of its entities holds, once; a text of two types is paid twice.
 */
export function weighMemory(fold) {
  const saved = fold.save()
  const entities = new Entities('', 1, features, CAPACITY)
  entities.load(structuredClone(saved.entities))
  const types = new Map()
  for (const { type, ids, bytes } of saved.entities.tables) {
    if (ids.length === 0) continue
    const texts = new Set(ids.flatMap((id) => [id, ...textsIn(entities.find(type, id))]))
    // Beside its letters: their number, how often it is held, and where an entity ends.
    const paid = [...texts].reduce((sum, text) => sum + Buffer.byteLength(text) + 3, 0)
    types.set(type, { count: ids.length, packed: bytes.length, texts: paid + 9 * ids.length })
  }
  return { types, total: encode(saved).length }
}
