/** A data folder with as many alerts as wanted: those that its log raised, and copies of them at other times. */
import { openFolder } from '../../apps/heedful/dist/store/space.js'

const MINUTE = 60_000

/** Copies come before the first alert of the log, a few minutes apart. @returns how many the log raised */
export function multiplyAlerts(folder, count) {
  const space = openFolder(folder, true)
  try {
    const raised = space.store.alerts().filter(({ state }) => state === 'raised')
    if (raised.length === 0) throw new Error('the log raised no alert that could be copied')
    const first = Math.min(...raised.map(({ time }) => time))
    const copies = Array.from({ length: Math.max(0, count - raised.length) }, (_, i) => {
      const alert = raised[i % raised.length]
      const time = first - (i + 1) * 3 * MINUTE
      return { ...alert, id: `${alert.id}-${i}`, time, lastTime: time + (alert.lastTime - alert.time) }
    })
    // As a group of the log's first record, which is counted already.
    const alerts = new Map(copies.map((alert) => [alert.id, alert]))
    space.store.commit([{ first: 0, last: 0, verdicts: [], alerts, letters: [], feedback: [], redriven: [] }])
    return raised.length
  } finally {
    space.close()
  }
}
