/** What single detectors reach, ours and the peers', as bench/results/table.md says it; and the best of them, chosen fairly. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mean } from '../attacks/statistics.js'
import { sourceOf } from '../table/sets.js'

const TABLE = fileURLToPath(new URL('../results/table.md', import.meta.url))

/** Of labels they learn; they are no rivals of what learns none. */
const SUPERVISED = new Set(['gradient-boosting', 'random-forest', 'logistic-regression'])

const numbersOf = (cell) =>
  (cell ?? '').split('/').map((text) => (/\d/.test(text) ? Number(text.replaceAll('*', '')) : undefined))

/** Lines `| set | rows | ours / peer | … | ours / peer |` of one detector's part. */
function linesOf(part) {
  return part.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const pairs = cells.filter((cell) => /^(\d\.\d+|n\/a) \/ (\d\.\d+|n\/a)$/.test(cell.replaceAll('n/a', 'n/a')))
    if (pairs.length < 2 || cells.length < 5) return []
    const [auc, ap] = [pairs[0], pairs.at(-1)].map((pair) => numbersOf(pair.replaceAll('n/a', '-')))
    return [{ set: cells[1], auc, ap }]
  })
}

/**
 * @returns {{ sets: string[], of: Map<string, Map<string, {auc: number, ap: number}>> }} name of a detector → set → what it
 *   reached; a set on which it is not applicable is not there.
 */
export function readSingles(text = readFileSync(TABLE, 'utf8')) {
  const of = new Map()
  for (const part of text.split(/^## /m).slice(1)) {
    const id = part.slice(0, part.indexOf('\n')).trim()
    const peer = new RegExp(`^${id} / ([^.;\\n]+)[.;]`, 'm').exec(part)?.[1]
    if (SUPERVISED.has(id) || peer === undefined) continue
    for (const { set, auc, ap } of linesOf(part)) {
      for (const [i, name] of [id, peer].entries()) {
        if (auc[i] === undefined || ap[i] === undefined) continue
        of.set(name, (of.get(name) ?? new Map()).set(set, { auc: auc[i], ap: ap[i] }))
      }
    }
  }
  return { of, sets: [...new Set([...of.values()].flatMap((sets) => [...sets.keys()]))] }
}

/**
 * The detector that is best on all sources but one, and what it reaches on that one: source → { name, auc, ap }.
 *
 * `lenient`: a detector that is not applicable on a set is compared by its lead over the others where it is, and where the
 * chosen one is not applicable the next best stands in. Else only detectors that are applicable everywhere are candidates.
 */
export function chooseWithout({ of }, sets, key, lenient) {
  const everywhere = [...of].filter(([, reached]) => sets.every((set) => reached.has(set)))
  const candidates = lenient ? [...of] : everywhere
  const usual = new Map(sets.map((set) => [set, mean(everywhere.map(([, reached]) => reached.get(set)[key]))]))
  /** By source: the mean lead over what is usual. */
  const leads = new Map(
    candidates.map(([name, reached]) => {
      const bySource = new Map()
      for (const set of sets) {
        if (!reached.has(set)) continue
        const source = sourceOf(set)
        bySource.set(source, [...(bySource.get(source) ?? []), reached.get(set)[key] - usual.get(set)])
      }
      return [name, bySource]
    }),
  )
  const chosen = new Map()
  for (const source of new Set(sets.map(sourceOf))) {
    const ranked = candidates
      .map(([name]) => ({
        name,
        lead: mean([...leads.get(name)].filter(([other]) => other !== source).map(([, list]) => mean(list))),
      }))
      .sort((a, b) => b.lead - a.lead)
    const own = sets.filter((set) => sourceOf(set) === source)
    const reached = own.map((set) => of.get(ranked.find(({ name }) => of.get(name).has(set)).name).get(set))
    chosen.set(source, {
      name: ranked[0].name,
      auc: mean(reached.map(({ auc }) => auc)),
      ap: mean(reached.map(({ ap }) => ap)),
    })
  }
  return chosen
}
