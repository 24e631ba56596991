/** Results as tables: pooled over seeds, per budget. */
import { mean, median, wilson } from './statistics.js'

const percent = (share) => (Number.isNaN(share) ? '–' : `${Math.round(100 * share)} %`)
const number = (value, digits = 2) => (value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits))
const sum = (list) => list.reduce((a, b) => a + b, 0)

function share(hits, total) {
  if (total === 0) return '0/0'
  const [low, high] = wilson(hits, total)
  return `${hits}/${total} ${percent(hits / total)} [${Math.round(100 * low)}–${Math.round(100 * high)}]`
}

function duration(minutes) {
  if (Number.isNaN(minutes)) return '–'
  return minutes < 120 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`
}

function group(campaigns, by) {
  const groups = new Map()
  for (const campaign of campaigns) {
    const entry = groups.get(campaign[by]) ?? { hits: 0, total: 0 }
    entry.total++
    if (campaign.found) entry.hits++
    groups.set(campaign[by], entry)
  }
  return groups
}

/** The numbers of some results together. */
export function pool(results) {
  const campaigns = results.flatMap((one) => one.campaigns)
  const plain = campaigns.filter(({ difficulty }) => difficulty !== 'subtle')
  const alerts = {}
  for (const kind of ['raised', 'found', 'further', 'late', 'false'])
    alerts[kind] = sum(results.map((one) => one.alerts[kind]))
  const falsePerDay = results.flatMap((one) => one.falsePerDay)
  return {
    campaigns: campaigns.length,
    found: campaigns.filter(({ found }) => found).length,
    plain: plain.length,
    plainFound: plain.filter(({ found }) => found).length,
    alerts,
    precision: alerts.found / (alerts.found + alerts.false),
    falsePerDay: mean(falsePerDay),
    worstDay: Math.max(...falsePerDay),
    overBudget: sum(results.map((one) => one.overBudget)),
    averagePrecision: {
      byRisk: mean(results.map((one) => one.averagePrecision.byRisk)),
      byP: mean(results.map((one) => one.averagePrecision.byP)),
    },
    minutes: median(campaigns.flatMap(({ minutes }) => (minutes === undefined ? [] : [minutes]))),
    naiveFound: sum(results.map((one) => one.naive.found)),
    naiveHits: sum(results.map((one) => one.naive.hits)),
    byDifficulty: group(campaigns, 'difficulty'),
    byKind: group(campaigns, 'kind'),
  }
}

/** One line for one log, as it is done. */
export function lineOf(result) {
  const name = `${result.ruler} ${String(result.seed).padStart(3)}`
  if (!result.attacks) {
    return `${name}  quiet   alerts a day: median ${median(result.alertsPerDay)}, most ${Math.max(...result.alertsPerDay)}, in all ${sum(result.alertsPerDay)}   ${number(result.seconds, 1)} s`
  }
  const p = pool([result])
  const lost = Object.entries(result.letters)
    .map(([why, n]) => `${n} refused (${why})`)
    .join(', ')
  return `${name}  at ${String(result.budget).padStart(2)}   found ${p.found}/${p.campaigns}, loud+medium ${p.plainFound}/${p.plain} (${percent(p.plainFound / p.plain)})   precision ${number(p.precision)}   false a day ${number(p.falsePerDay)} (most ${p.worstDay})   AP by risk ${number(p.averagePrecision.byRisk, 3)}, by p ${number(p.averagePrecision.byP, 3)}   naive ${p.naiveFound}   ${number(result.seconds, 1)} s${lost === '' ? '' : `   ${lost}`}`
}

const ORDER = ['loud', 'medium', 'subtle']
function tableOf(groups, names) {
  return names.map((name) => {
    const { hits, total } = groups.get(name)
    return `| ${name} | ${share(hits, total)} |`
  })
}

function sectionOf(name, results) {
  const p = pool(results)
  const text = [
    `### ${name}: ${results.length} logs, ${p.campaigns} campaigns`,
    '',
    '| | |',
    '|---|---|',
    `| loud and medium campaigns found | ${share(p.plainFound, p.plain)} |`,
    ...tableOf(
      p.byDifficulty,
      ORDER.filter((d) => p.byDifficulty.has(d)),
    ),
    `| all found | ${share(p.found, p.campaigns)} |`,
    `| precision (first true alerts to false ones) | ${share(p.alerts.found, p.alerts.found + p.alerts.false)} |`,
    `| false alerts a day | mean ${number(p.falsePerDay)}, worst ${p.worstDay} |`,
    `| alerts raised | ${p.alerts.raised}: ${p.alerts.found} found, ${p.alerts.further} further, ${p.alerts.late} late, ${p.alerts.false} false; ${p.overBudget} over budget |`,
    `| event-level average precision, in the order of risk | ${number(p.averagePrecision.byRisk, 3)} |`,
    `| the same in the order of p, which tells the first event of a story from the others | ${number(p.averagePrecision.byP, 3)} |`,
    `| first event to alert, median | ${duration(p.minutes)} |`,
    `| the naive rule at our number of alerts | finds ${p.naiveFound}, ${percent(p.found === 0 ? Number.NaN : p.naiveFound / p.found)} of ours (${p.naiveHits} incidents before the cut) |`,
    '',
    '| kind | found |',
    '|---|---|',
    ...tableOf(p.byKind, [...p.byKind.keys()].sort()),
    '',
  ]
  return text
}

function causesOf(results, key) {
  const counts = new Map()
  for (const { causes } of results)
    for (const [name, n] of Object.entries(causes[key])) counts.set(name, (counts.get(name) ?? 0) + n)
  return (
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 12)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ') || 'none'
  )
}

/** The whole report, as Markdown that also reads well in a terminal. */
export function report(results) {
  const text = []
  const rulers = [...new Set(results.map(({ ruler }) => ruler))]
  for (const ruler of rulers) {
    const own = results.filter((one) => one.ruler === ruler)
    for (const budget of [...new Set(own.filter(({ attacks }) => attacks).map((one) => one.budget))]) {
      const some = own.filter((one) => one.attacks && one.budget === budget)
      text.push(...sectionOf(`${ruler} ruler at ${budget} a day`, some))
      text.push(
        `False alerts by look-alike: ${causesOf(some, 'look')}.`,
        `False alerts by first reason: ${causesOf(some, 'first')}.`,
        '',
      )
    }
    const quiet = own.filter(({ attacks }) => !attacks)
    if (quiet.length > 0) {
      const days = quiet.flatMap((one) => one.alertsPerDay)
      text.push(
        `### ${ruler} ruler without attacks: ${quiet.length} logs`,
        '',
        `Alerts a day: median ${median(days)}, mean ${number(mean(days))}, most ${Math.max(...days)}.`,
        '',
      )
    }
  }
  return text.join('\n')
}
