/** One log, concluded at one budget and measured. */
import { concludeLog } from './journey.js'
import { measureLog, measureQuiet } from './measure.js'
import { openNaiveRule } from './naive-rule.js'
import { labelledLog } from './rulers.js'
import { explainFalse, explainMiss, summariseFalse } from './why.js'

/**
 * @param {{ ruler: string, seed: number, budget: number, attacks: boolean, why: boolean, users: number, days: number }} task
 * @returns undefined where it was stopped
 */
export async function runTask(task, onProgress, stopped) {
  const log = await labelledLog(task)
  const naive = openNaiveRule()
  const onEvent = task.attacks ? (event) => naive.judge(event) : undefined
  const concluded = await concludeLog(log, { budget: task.budget, seed: 1, onEvent, onProgress, stopped })
  if (concluded === undefined) return undefined
  const facts = {
    ruler: task.ruler,
    seed: task.seed,
    budget: task.budget,
    attacks: task.attacks,
    lines: log.lines.length,
  }
  if (!task.attacks) {
    const text = task.why ? alertsOf(concluded, log).map((one) => explainFalse(one, log, concluded)) : []
    return { ...facts, ...measureQuiet(concluded, log), text }
  }
  const { judged, result } = measureLog(concluded, log, naive)
  const causes = summariseFalse(judged, log, concluded)
  return { ...facts, ...result, causes, text: task.why ? whyOf(judged, result, log, concluded) : [] }
}

const alertsOf = (concluded, log) =>
  concluded.alerts
    .filter(({ alert, raisedAt }) => raisedAt !== undefined && alert.time >= log.teachUntil)
    .map((one) => ({ ...one, kind: 'false' }))

function whyOf(judged, result, log, concluded) {
  const missed = new Set(result.campaigns.filter(({ found }) => !found).map(({ id }) => id))
  return [
    ...log.campaigns.filter(({ id }) => missed.has(id)).map((c) => explainMiss(c, log, concluded, judged)),
    ...judged.filter(({ kind }) => kind === 'false' || kind === 'late').map((one) => explainFalse(one, log, concluded)),
  ]
}
