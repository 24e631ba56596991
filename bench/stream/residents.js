/**
 * What memory weighs in the running process: a fold's people again and again, up to many, on a heap that was just collected.
 * What fewer than a tenth of them hold is every copy's own, so a copy shares with the others what organisations share.
 */
import v8 from 'node:v8'
import { runInNewContext } from 'node:vm'
import { features } from '@heedful/stream/features/registry'
import { Entities } from '@heedful/stream/memory/entities'
import { CAPACITY, textsIn } from './journeys.js'

v8.setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc')

function heap() {
  gc()
  gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The value with its own texts renamed, in texts of its own. */
function renamed(value, shared, suffix) {
  if (typeof value === 'string') return shared.has(value) ? value : Buffer.from(`${value}${suffix}`).toString()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => renamed(one, shared, suffix))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, shared, suffix)]))
}

/** Heap bytes a person, of `count` people of whom `awake` are unpacked. `state`: what a fold saved of its entities. */
export function weighResidents(state, count, awake) {
  const source = new Entities('', 1, features, CAPACITY)
  source.load(structuredClone(state))
  const ids = [...source.resting('user')].map(({ id }) => id)
  const people = ids.map((id) => source.find('user', id))
  const holders = new Map()
  for (const person of people)
    for (const text of new Set(textsIn(person))) holders.set(text, (holders.get(text) ?? 0) + 1)
  const shared = new Set([...holders].filter(([, held]) => held > people.length / 10).map(([text]) => text))
  const before = heap()
  const entities = new Entities('', 1, features, CAPACITY, { awake })
  for (let i = 0; i < count; i++) {
    const copy = Math.floor(i / people.length)
    const person = people[i % people.length]
    Object.assign(entities.touch('user', `${ids[i % people.length]}.${copy}`, 0), renamed(person, shared, `.${copy}`))
    if (i % 100 === 0) entities.rest()
  }
  // The first time each is only asked whether it was used.
  for (let i = 0; i < 3; i++) entities.rest()
  const bytes = heap() - before
  return bytes / entities.count('user')
}
