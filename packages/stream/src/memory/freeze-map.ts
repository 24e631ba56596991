/**
 * A map as it is now, put together in steps while it goes on changing. Its values must never change, only be replaced: then
 * it is enough to list them, which takes a twentieth of the time that a copy of the map does.
 */
import type { Frozen } from './pending.ts'

/** So many are put into the copy in one step. */
const STEP = 2000

export function freezeMap<K, V>(map: ReadonlyMap<K, V>): Frozen<Map<K, V>> {
  const keys = [...map.keys()]
  const values = [...map.values()]
  const copy = new Map<K, V>()
  return {
    step() {
      const end = Math.min(keys.length, copy.size + STEP)
      for (let i = copy.size; i < end; i++) copy.set(keys[i] as K, values[i] as V)
      return end < keys.length
    },
    state: () => copy,
  }
}
