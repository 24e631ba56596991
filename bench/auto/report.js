/** What auto reaches, as tables that a person can read. */
import { mean } from '../attacks/statistics.js'
import { sourceOf } from '../table/sets.js'
import { bySource, meanInterval } from '../table/statistics.js'
import { chooseWithout } from './singles.js'

const digits = (value) => (Number.isFinite(value) ? value.toFixed(4) : '–')
const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
const interval = ({ mean: centre, low, high }) => `${signed(centre)} [${signed(low)}, ${signed(high)}]`
const KEYS = ['auc', 'ap']
const WORDS = { auc: 'ROC-AUC', ap: 'AP' }

/** Sources in the order of code units: those in even places served to choose how auto works, the others to confirm it. */
const isChoosing = (source, all) => [...all].sort().indexOf(source) % 2 === 0
const ALL =
  '10_cover,17_InternetAds,20_letter,22_magic.gamma,23_mammography,25_musk,28_pendigits,29_Pima,32_shuttle,45_wine,51_MVTec-AD_zipper_resnet18,5_campaign,breast,cardio,glass,ionosphere,kdd,odds_arrhythmia,satellite,thyroid'.split(
    ',',
  )

/** Source → mean over its sets of what `value` says of a result. */
function perSource(results, value) {
  const sources = new Map()
  for (const result of results)
    sources.set(sourceOf(result.set), [...(sources.get(sourceOf(result.set)) ?? []), value(result)])
  return new Map([...sources].map(([source, list]) => [source, mean(list)]))
}

const over = (sources, of) => mean(sources.map((source) => of.get(source)))

function besideChosen(results, singles, lenient) {
  const sets = results.map(({ set }) => set)
  const known = new Map(perSource(results, () => 0))
  const sources = [...known.keys()]
  const halves = {
    all: sources,
    choosing: sources.filter((source) => isChoosing(source, ALL)),
    confirming: sources.filter((source) => !isChoosing(source, ALL)),
  }
  return KEYS.flatMap((key) => {
    const chosen = chooseWithout(singles, sets, key, lenient)
    const ours = perSource(results, ({ unlabelled }) => mean(unlabelled.map((one) => one[key])))
    const names = [...new Set([...chosen.values()].map(({ name }) => name))].join(', ')
    return Object.entries(halves).map(([half, own]) => {
      const theirs = new Map([...chosen].map(([source, one]) => [source, one[key]]))
      const differences = meanInterval(own.map((source) => ours.get(source) - theirs.get(source)))
      return `| ${WORDS[key]} | ${half} (${own.length}) | ${digits(over(own, ours))} | ${digits(over(own, theirs))} (${names}) | ${interval(differences)} |`
    })
  })
}

/** Beside the one detector that turned out best over all of these sets. */
function besideHindsight(results, { of }) {
  const sets = results.map(({ set }) => set)
  return KEYS.map((key) => {
    const [name, reached] = [...of]
      .filter(([, one]) => sets.every((set) => one.has(set)))
      .map(([id, one]) => [id, perSource(results, ({ set }) => one.get(set)[key])])
      .sort(([, a], [, b]) => mean([...b.values()]) - mean([...a.values()]))[0]
    const ours = perSource(results, ({ unlabelled }) => mean(unlabelled.map((one) => one[key])))
    const sources = [...ours.keys()]
    const differences = meanInterval(sources.map((source) => ours.get(source) - reached.get(source)))
    return `| ${WORDS[key]} | all (${sources.length}) | ${digits(over(sources, ours))} | ${digits(over(sources, reached))} (${name}) | ${interval(differences)} |`
  })
}

/** Every single that is applicable on all sets, by its mean. */
function ranking(results, { of }) {
  const sets = results.map(({ set }) => set)
  const rows = [...of]
    .filter(([, reached]) => sets.every((set) => reached.has(set)))
    .map(([name, reached]) => [
      name,
      ...KEYS.map((key) => mean(bySource(sets.map((set) => [set, reached.get(set)[key]])))),
    ])
  const own = KEYS.map((key) =>
    mean(bySource(results.map(({ set, unlabelled }) => [set, mean(unlabelled.map((one) => one[key]))]))),
  )
  return [['**auto**', ...own], ...rows]
    .sort((a, b) => b[1] - a[1])
    .map(([name, auc, ap]) => `| ${name} | ${digits(auc)} | ${digits(ap)} |`)
}

/** Seeds apart: each gives one mean over the sources. */
function acrossSeeds(results, key) {
  const count = results[0].unlabelled.length
  return meanInterval(
    Array.from({ length: count }, (_, i) =>
      mean(bySource(results.map(({ set, unlabelled }) => [set, unlabelled[i][key]]))),
    ),
  )
}

function fewTable(results) {
  const asked = results.filter(({ few }) => few !== undefined)
  const names = Object.keys(asked[0].few.alone)
  const taught = Object.fromEntries(
    KEYS.map((key) => [key, perSource(asked, ({ few }) => mean(few.taught.map((one) => one[key])))]),
  )
  return names.map((name) => {
    const cells = KEYS.map((key) => {
      const alone = perSource(asked, ({ few }) => mean(few.alone[name].map((one) => one[key])))
      const sources = [...alone.keys()]
      return `${digits(over(sources, alone))} | ${interval(meanInterval(sources.map((source) => taught[key].get(source) - alone.get(source))))}`
    })
    return `| ${name} | ${cells.join(' | ')} |`
  })
}

function setLines(results, singles) {
  return results.map(({ set, rows, columns, unlabelled, few }) => {
    const best = (key) =>
      [...singles.of]
        .filter(([, reached]) => reached.has(set))
        .map(([name, reached]) => [name, reached.get(set)[key]])
        .sort((a, b) => b[1] - a[1])[0]
    const own = KEYS.map((key) => meanInterval(unlabelled.map((one) => one[key])))
    const cells = own.map(({ mean: centre, high }) => `${digits(centre)} ± ${digits(high - centre)}`)
    const labelled =
      few === undefined ? '–' : KEYS.map((key) => digits(mean(few.taught.map((one) => one[key])))).join(' / ')
    const without =
      few === undefined ? '–' : KEYS.map((key) => digits(mean(few.alone.auto.map((one) => one[key])))).join(' / ')
    const time = `${(mean(unlabelled.map(({ fitMs }) => fitMs)) / 1000).toFixed(1)} + ${(mean(unlabelled.map(({ scoreMs }) => scoreMs)) / 1000).toFixed(1)}`
    const first = KEYS.map((key) => best(key)).map(([name, value]) => `${digits(value)} (${name})`)
    return `| ${set} | ${rows} × ${columns} | ${cells[0]} | ${first[0]} | ${cells[1]} | ${first[1]} | ${labelled} | ${without} | ${time} |`
  })
}

export function report(results, singles, { seeds, labelled, most }) {
  const [auc, ap] = KEYS.map((key) => acrossSeeds(results, key))
  const head = '| measure | sources | auto | chosen single | auto − single |\n|---|---|---:|---|---:|'
  const few = results.filter((result) => result.few !== undefined)
  const taught = KEYS.map((key) =>
    digits(mean([...perSource(few, (result) => mean(result.few.taught.map((one) => one[key]))).values()])),
  )
  return `${[
    `Defaults everywhere, ${seeds.length} seeds, ${results.length} sets; sets that share a source count once. Single detectors: those of [table.md](table.md), ours and PyOD's and scikit-learn's, on the same rows. Over the seeds auto has a mean ROC-AUC of ${digits(auc.mean)} ± ${digits(auc.high - auc.mean)} and a mean AP of ${digits(ap.mean)} ± ${digits(ap.high - ap.mean)} (95 %).`,
    '## Without labels, beside the single detector that is best on all other sources',
    'For each source the single detector that has the best mean over all *other* sources is taken, for each measure anew. The interval is of the differences over the sources, 95 %. Sources in even places of their alphabet served to choose how auto works (`choosing`), the others were looked at to confirm it.',
    'Candidates are detectors that are applicable on every set:',
    [head, ...besideChosen(results, singles, false)].join('\n'),
    'All are candidates, compared by their lead over the mean of the others on the sets where they are applicable; where the chosen one is not, the next best stands in:',
    [head, ...besideChosen(results, singles, true)].join('\n'),
    'Beside the one that turned out best over all of these very sets, which nobody knows before:',
    [head, ...besideHindsight(results, singles)].join('\n'),
    '## All that are applicable on every set',
    ['| detector | mean ROC-AUC | mean AP |', '|---|---:|---:|', ...ranking(results, singles)].join('\n'),
    `## With ${(labelled * 100).toFixed(0)} % of the training anomalies labelled`,
    `At least one label; 70 % of the rows, at most ${most} of a set, are fitted on and the rest is scored; ${seeds.length} splits. Nothing else is labelled: auto reaches a mean ROC-AUC of ${taught[0]} and a mean AP of ${taught[1]}. The others learn the same rows without labels. Intervals are of the differences over the ${new Set(few.map(({ set }) => sourceOf(set))).size} sources.`,
    [
      '| without labels | ROC-AUC | auto with few labels − it | AP | auto with few labels − it |',
      '|---|---:|---:|---:|---:|',
      ...fewTable(results),
    ].join('\n'),
    '## Every set',
    'Beside auto stands the best single detector of this very set, chosen with hindsight. Times are means of one fit and one score of all rows, in seconds, on a machine that others used.',
    [
      '| set | rows | auto ROC-AUC | best single | auto AP | best single | few labels | the same without | s |',
      '|---|---|---:|---|---:|---|---:|---:|---:|',
      ...setLines(results, singles),
    ].join('\n'),
  ].join('\n\n')}\n`
}
