/** The fold step by step: how long one line takes, which step was longest, what the memory weighs. */
import { encode } from '@heedful/detect'
import { openFold } from '@heedful/stream'
import { recordsOf, settingsFor } from '../attacks/journey.js'

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

/** Bytes of the saved memory, by the type of the entity, and what is left. */
export function weighMemory(fold) {
  const saved = fold.save()
  const types = new Map()
  for (const one of saved.entities) {
    const known = types.get(one.type) ?? { count: 0, bytes: 0 }
    known.count++
    known.bytes += encode(one).length
    types.set(one.type, known)
  }
  return { types, total: encode(saved).length }
}
