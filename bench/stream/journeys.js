/** The fold step by step: how long one line takes, which step was longest, what the memory weighs. */
import { encode } from '@heedful/detect'
import { openFold } from '@heedful/stream'
import { features } from '@heedful/stream/features/registry'
import { Entities } from '@heedful/stream/memory/entities'
import { recordsOf, settingsFor } from '../attacks/journey.js'

export const CAPACITY = { user: 1e6, host: 1e6, address: 1e6, network: 1e6, organisation: 1 }

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

/** What `Entities` loads. */
export function entitiesOf(fold) {
  const { rest, parts } = fold.save()
  return { packer: rest.packer, awake: rest.awake, parts }
}

/** Bytes of the saved memory with its keys, by the type of the entity; of the texts that are kept once; of all that is saved. */
export function weighMemory(fold) {
  const entities = new Entities('', 1, features, CAPACITY)
  const state = entitiesOf(fold)
  entities.load(structuredClone(state))
  const types = new Map()
  for (const type of ['user', 'host', 'address', 'network']) {
    const all = [...entities.resting(type)]
    if (all.length > 0) types.set(type, { count: all.length, bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) })
  }
  const { texts } = state.packer.texts
  const { rest, parts } = fold.save()
  return {
    types,
    texts: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    total: encode(rest).length + parts.flatMap(({ pieces }) => pieces).reduce((sum, { length }) => sum + length, 0),
  }
}
