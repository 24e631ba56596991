/**
 * Where the time goes: the fold in this process under V8's sampling profiler; a sample counts for the innermost frame that
 * stands in a room of the house, so what a room calls is the room's.
 */
import { Session } from 'node:inspector/promises'

const INTERVAL_US = 500

/** Part of a path → room, asked in this order. */
const ROOMS = [
  ['/stream/dist/sources/', 'parse'],
  ['/stream/dist/enrich/', 'enrich'],
  ['/stream/dist/observe', 'observe'],
  ['/stream/dist/features/', 'observe'],
  ['/stream/dist/behaviours/', 'observe'],
  ['/stream/dist/memory/', 'observe'],
  ['/stream/dist/peers', 'observe'],
  ['/stream/dist/weigh/', 'weigh'],
  ['/stream/dist/decide/', 'decide'],
  ['/stream/dist/teach', 'teach'],
  ['/stream/dist/identity', 'identity'],
  ['/stream/dist/pipeline', 'journey itself'],
]

function roomOf({ callFrame }) {
  if (callFrame.functionName === '(garbage collector)') return 'garbage collection'
  return ROOMS.find(([part]) => callFrame.url.includes(part))?.[1]
}

function attribute({ nodes, samples, timeDeltas }) {
  const parent = new Map()
  const byId = new Map(nodes.map((node) => [node.id, node]))
  for (const node of nodes) for (const child of node.children ?? []) parent.set(child, node.id)
  const rooms = new Map()
  const resolved = new Map()
  const resolve = (id) => {
    if (resolved.has(id)) return resolved.get(id)
    let room
    for (let at = id; at !== undefined && room === undefined; at = parent.get(at)) room = roomOf(byId.get(at))
    resolved.set(id, room ?? 'the bench')
    return resolved.get(id)
  }
  samples.forEach((id, i) => {
    const room = resolve(id)
    rooms.set(room, (rooms.get(room) ?? 0) + Math.max(0, timeDeltas[i]))
  })
  return rooms
}

/** The functions that took most themselves, as `name (file:line)` → microseconds. */
function heaviest({ nodes, samples, timeDeltas }, count) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]))
  const own = new Map()
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber } = byId.get(id)
    const name = `${functionName || 'anonymous'} (${url.split('/').slice(-2).join('/')}:${lineNumber + 1})`
    own.set(name, (own.get(name) ?? 0) + Math.max(0, timeDeltas[i]))
  })
  return [...own].sort((a, b) => b[1] - a[1]).slice(0, count)
}

/** Runs `work` and says how many microseconds each room took; what the bench itself took is left out. */
export async function profileRooms(work) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US })
  await session.post('Profiler.start')
  const result = await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const rooms = attribute(profile)
  rooms.delete('the bench')
  return { rooms, result, functions: heaviest(profile, 15) }
}
