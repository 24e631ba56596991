/**
 * One part of the measure, in a process of its own. `fill`: a folder is filled by the real runner, keeper and store, and goes
 * on. `restart`: the folder is opened anew and judges the same events again.
 */
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Keeper } from '../../apps/heedful/dist/scoring/keeper.js'
import { Runner } from '../../apps/heedful/dist/scoring/runner.js'
import { openSqliteStore } from '../../apps/heedful/dist/store/sqlite-store.js'
import { Gaps } from './gaps.js'
import { groupsOf, opening } from './log-ins.js'

const { part, folder, users, days, after } = JSON.parse(process.argv[2])

/** The store asks a log who it is and where it ends; nothing else of it is needed here. */
const log = { id: 'bench', end: { position: Number.MAX_SAFE_INTEGER } }

const options = { shards: 1, lookup: () => ({ hash: 'none' }), fileName: () => '' }

function bytesIn(path) {
  return readdirSync(path, { withFileTypes: true }).reduce(
    (sum, entry) =>
      sum + (entry.isDirectory() ? bytesIn(join(path, entry.name)) : statSync(join(path, entry.name)).size),
    0,
  )
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

/** Looks over the shoulder of runner and store: when a snapshot begins and ends, and how long judging waits for it. */
function watchSnapshots(runner, store, gaps) {
  const found = { took: [], paused: [], written: [] }
  const run = runner.run.bind(runner)
  const snapshot = runner.snapshot.bind(runner)
  const keep = store.keep.bind(store)
  let began = 0
  let waiting = false
  runner.run = (group) => {
    if (waiting) found.paused.push(performance.now() - began)
    waiting = false
    return run(group)
  }
  runner.snapshot = () => {
    began = performance.now()
    waiting = true
    gaps.turn(true)
    return snapshot()
  }
  store.keep = async (memory) => {
    const kept = await keep(memory)
    gaps.turn(false)
    found.took.push(performance.now() - began)
    found.written.push(kept.written)
    return kept
  }
  return found
}

/** Judges groups and hashes what is said of them. */
async function hashOf(runner, groups) {
  const hash = createHash('sha256')
  for (const group of groups) {
    const concluded = await runner.run(group)
    for (const verdict of concluded.verdicts) hash.update(JSON.stringify(verdict))
    for (const alert of concluded.alerts.values()) hash.update(JSON.stringify(alert))
  }
  return hash.digest('hex')
}

const later = (first) => groupsOf({ users, from: days, days: 2, most: after }, first)

async function fill() {
  const store = openSqliteStore(folder, log)
  const runner = new Runner(options)
  const gaps = new Gaps()
  const snapshots = watchSnapshots(runner, store, gaps)
  const keeper = new Keeper(runner, store, true, () => {})
  let peak = 0
  let told = performance.now()
  const started = performance.now()
  for (const group of groupsOf({ users, from: 0, days, before: opening(days) }, 0)) {
    await keeper.take(group)
    if (group.first % 50_000 !== 0) continue
    peak = Math.max(peak, process.memoryUsage.rss())
    if (performance.now() - told > 30_000) {
      told = performance.now()
      const { users: known, events } = runner.summary()
      console.error(
        `  ${events} events, ${known} of ${users} users, ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
      )
    }
  }
  const seconds = (performance.now() - started) / 1000
  peak = Math.max(peak, process.resourceUsage().maxRSS * 1024)
  const resident = process.memoryUsage.rss()
  await keeper.save()
  gaps.end()
  globalThis.gc()
  const { heapUsed: heap, external } = process.memoryUsage()
  const { events, ...summary } = runner.summary()
  return {
    events,
    summary,
    seconds,
    peak,
    resident,
    heap,
    external,
    folderBytes: bytesIn(folder),
    snapshots: snapshots.took.length,
    writtenMedian: median(snapshots.written),
    writtenMost: Math.max(...snapshots.written),
    tookMedian: median(snapshots.took),
    tookMost: Math.max(...snapshots.took),
    pausedMedian: median(snapshots.paused),
    pausedMost: Math.max(0, ...snapshots.paused),
    during: gaps.during,
    between: gaps.between,
    sha256: await hashOf(runner, later(runner.position)),
  }
}

async function restart() {
  const started = performance.now()
  const store = openSqliteStore(folder, log)
  const runner = new Runner(options, store.snapshot)
  const seconds = (performance.now() - started) / 1000
  return { seconds, resident: process.memoryUsage.rss(), sha256: await hashOf(runner, later(runner.position)) }
}

process.send(part === 'fill' ? await fill() : await restart(), () => process.exit(0))
