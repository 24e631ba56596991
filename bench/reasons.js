/**
 * Reasons hold: without its top three reasons an alert's risk falls more than without three others of its reasons.
 *
 * What a reason's behaviour said in the alert's events is taken out, as its expected values would have said nothing, and the
 * risk is computed again by the decision's own functions.
 */
import { parseArgs } from 'node:util'
import { riskOf, voicesOf, withVoices } from '@heedful/stream/decide/risk'
import { concludeLog } from './attacks/journey.js'
import { labelledLog, rulerNames } from './attacks/rulers.js'
import { readSeeds } from './attacks/seeds.js'
import { wilson } from './attacks/statistics.js'
import { writeResult } from './measured/write.js'
import { dice } from './second-ruler/random.js'

const HELP = `npm run bench -- reasons [options]
  --seeds 3 | 1-10 | 4,7,9   (default 2)
  --ruler first|second|both  (default both)
  --draws 20                 threes drawn from the other reasons of each alert
  --why                      the alerts where it does not hold
  --users 300 --days 42
  --write                    keep the report in bench/results/reasons.md`

const ENOUGH = 6

/** The incident behind an alert; the fold goes on writing to it, so it is whole at the end. */
function incidentOf(fold, id) {
  const { incidents, waiting } = fold.save().rest.decider
  for (const incident of [...[...incidents.values()].flat(), ...waiting]) if (incident.id === id) return incident
  throw new Error(`no incident is called ${id}`)
}

/** Risk of an incident's events if the named behaviours had said nothing: the highest that it ever was. */
function riskWithout({ contributions }, behaviours) {
  let [voices, risk] = [[], 0]
  for (const one of [...contributions].sort((a, b) => a.ordinal - b.ordinal)) {
    const parts = one.parts.filter((part) => !behaviours.has(part.behaviour))
    voices = withVoices(voices, voicesOf({ ...one, parts }), one.time)
    risk = Math.max(risk, riskOf(voices))
  }
  return risk
}

/** How many of the draws the top three beat, for one alert. */
function test({ alert, incident }, draws) {
  const names = alert.reasons.map(({ behaviour }) => behaviour)
  const top = riskWithout(incident, new Set(names.slice(0, 3)))
  const d = dice(`reasons ${alert.id}`)
  let held = 0
  for (let i = 0; i < draws; i++) if (top < riskWithout(incident, new Set(d.sample(names.slice(3), 3)))) held++
  return { alert, held, draws, whole: riskWithout(incident, new Set()), top }
}

async function testLog(ruler, seed, size, draws) {
  const log = await labelledLog({ ruler, seed, ...size })
  const incidents = new Map()
  const onAlert = ({ id }, fold) => incidents.has(id) || incidents.set(id, incidentOf(fold, id))
  const concluded = await concludeLog(log, { budget: 20, seed: 1, onAlert })
  const raised = concluded.alerts.filter(
    ({ alert, raisedAt }) => raisedAt !== undefined && alert.time >= log.teachUntil,
  )
  const enough = raised.filter(({ alert }) => alert.reasons.length >= ENOUGH)
  const tests = enough.map(({ alert }) => test({ alert, incident: incidents.get(alert.id) }, draws))
  return { name: `${ruler} ${seed}`, raised: raised.length, few: raised.length - enough.length, tests }
}

function rowOf(name, raised, few, tests) {
  const [all, held] = [tests.reduce((sum, t) => sum + t.draws, 0), tests.reduce((sum, t) => sum + t.held, 0)]
  const always = tests.filter((t) => 2 * t.held > t.draws).length
  const [low, high] = wilson(always, tests.length)
  const share = (a, b) => (b === 0 ? '–' : `${((100 * a) / b).toFixed(1)} %`)
  return `| ${name} | ${raised} | ${few} | ${tests.length} | ${share(always, tests.length)} [${Math.round(100 * low)}–${Math.round(100 * high)}] | ${share(held, all)} |`
}

export async function main(words) {
  const text = (value) => ({ type: 'string', default: value })
  const flag = { type: 'boolean', default: false }
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: text('2'),
      ruler: text('both'),
      draws: text('20'),
      users: text('300'),
      days: text('42'),
      why: flag,
      write: flag,
      help: flag,
    },
  })
  if (values.help) return console.log(HELP)
  const size = { users: Number(values.users), days: Number(values.days) }
  const results = []
  for (const ruler of values.ruler === 'both' ? rulerNames : [values.ruler]) {
    for (const seed of readSeeds(values.seeds)) {
      const result = await testLog(ruler, seed, size, Number(values.draws))
      results.push(result)
      console.error(`${result.name}: ${result.tests.length} alerts with at least ${ENOUGH} reasons of ${result.raised}`)
      if (!values.why) continue
      for (const { alert, held, draws, whole, top } of result.tests.filter((t) => t.held < t.draws)) {
        console.error(
          `  ${alert.entity.type} ${alert.entity.id}: ${held} of ${draws}; risk ${whole.toFixed(1)}, without the top three ${top.toFixed(1)}`,
        )
        for (const reason of alert.reasons)
          console.error(`    ${reason.weight.toFixed(2).padStart(6)}  ${reason.family}: ${reason.behaviour}`)
      }
    }
  }
  const sum = (key) => results.reduce((total, one) => total + one[key], 0)
  const body = [
    `| log | alerts | with fewer than ${ENOUGH} reasons | tested | held in most draws | draws won |`,
    '|---|---:|---:|---:|---:|---:|',
    ...results.map((one) => rowOf(one.name, one.raised, one.few, one.tests)),
    rowOf(
      'all',
      sum('raised'),
      sum('few'),
      results.flatMap(({ tests }) => tests),
    ),
  ].join('\n')
  console.log(body)
  if (values.write) writeResult('reasons', 'Reasons hold', `npm run bench -- reasons ${words.join(' ')}`, body)
}
