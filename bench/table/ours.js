/** Answers tasks about our detectors as peers.py does about the peers: times, memory, and scores in a file of doubles. */
import { readFileSync, writeFileSync } from 'node:fs'
import { numberRows, sliceRows } from '@heedful/detect'
import { detectors } from '@heedful/detect/detectors/registry'

/** Single rows that are asked before any is timed, on both sides. */
const WARM = 20

/** A line of /proc/self/status, MiB. */
function ofStatus(name) {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))
  return found === null ? Number.NaN : Number(found[1]) / 1024
}

const forgetPeak = () => writeFileSync('/proc/self/clear_refs', '5')

function readDoubles(path) {
  const bytes = readFileSync(path)
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** `categories`: one a column, its dictionary or null; absent where all are numbers. */
function readRows(path, columns, categories) {
  const names = Array.from({ length: columns }, (_, i) => `f${i}`)
  const rows = numberRows(names, readDoubles(path))
  if (categories === undefined) return rows
  const typed = rows.columns.map((column, i) =>
    categories[i] === null ? column : { name: column.name, type: 'category', categories: categories[i] },
  )
  return { ...rows, columns: typed }
}

function oneByOne(model, rows, calls) {
  for (let i = 0; i < Math.min(calls, WARM); i++) model.score(sliceRows(rows, i, i + 1))
  return Array.from({ length: calls }, (_, i) => {
    const row = sliceRows(rows, i % rows.count, (i % rows.count) + 1)
    const begun = performance.now()
    model.score(row)
    return performance.now() - begun
  })
}

/** Processor time of all threads of the process. */
const msOf = ({ user, system }) => (user + system) / 1000

async function answer({ detector: id, params, seed, fit, score, labels, columns, categories, out, single }) {
  const detector = detectors.find((one) => one.id === id)
  const fitted = readRows(fit, columns, categories)
  const asked = score === fit ? fitted : readRows(score, columns, categories)
  const lesson = labels === null ? {} : { labels: readDoubles(labels) }
  global.gc?.()
  const before = ofStatus('VmRSS')
  forgetPeak()
  const [begun, busy] = [performance.now(), process.cpuUsage()]
  const model = await detector.fit(fitted, { params, seed, lesson, job: { memoryBytes: 16 * 1024 ** 3 } })
  const [between, busyBetween] = [performance.now(), process.cpuUsage(busy)]
  const scores = model.score(asked)
  const [ended, busyAll] = [performance.now(), process.cpuUsage(busy)]
  const peak = ofStatus('VmHWM')
  writeFileSync(out, new Uint8Array(scores.buffer, scores.byteOffset, scores.byteLength))
  const singleMs = oneByOne(model, asked, single)
  model.close()
  return {
    ...{ fitMs: between - begun, scoreMs: ended - between, mib: Math.max(0, peak - before), singleMs },
    ...{ fitBusy: msOf(busyBetween), scoreBusy: msOf(busyAll) - msOf(busyBetween) },
  }
}

process.on('message', async (task) => {
  try {
    process.send(await answer(task))
  } catch (error) {
    process.send({ obstacle: error.message })
  }
})
