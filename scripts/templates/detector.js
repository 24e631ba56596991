/** A detector that works: how far the farthest column of a row lies from its median. */
export function detector({ name, camel }) {
  const room = 'packages/detect/src/detectors'
  const folder = `${room}/table`
  return {
    files: {
      [`${folder}/${name}.ts`]: `/**
 * Modified z-scores: how far the farthest column of a row lies from its median.
 *
 * Iglewicz and Hoaglin, "How to detect and handle outliers", 1993, section 3.3: |x − median| / (MAD / 0.6745).
 *
 * Use it when a single value far out makes a row strange, and anomalies are among the training rows.
 *
 * Not when a row is strange only in how its columns go together.
 *
 * Formula: largest over columns of |x − median| / spread.
 *
 * Cost: a fit takes n × ln n × d, a score d.
 */
import type { Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { real } from '../../contracts/params.ts'
import type { Rows } from '../../contracts/rows.ts'
import { median, medianAbsoluteDeviation, NORMAL_MAD } from '../../numerics/median.ts'

const PARAMS = {
  least: real(1e-9, 1e-12, 1e6, 'the smallest spread that a column is given'),
}

/** One a column. */
type State = { centre: Float64Array; spread: Float64Array }

/** Differences and spreads of the largest numbers are none any more. */
const held = (value: number): number => Math.min(Number.MAX_VALUE, value)

/** Deviations of one row from the medians, in spreads, one a column. */
function deviations(rows: Rows, row: number, { centre, spread }: State): Float64Array {
  const at = row * rows.columns.length
  return centre.map((middle, j) => held(held(Math.abs((rows.data[at + j] as number) - middle)) / (spread[j] as number)))
}

/** A step a column, so that the fit can be watched and stopped. */
function* fitColumns({ data, count, columns }: Rows, least: number): Steps<State> {
  const width = columns.length
  const [centre, spread] = [new Float64Array(width), new Float64Array(width)]
  for (let j = 0; j < width; j++) {
    yield { done: j, of: width, note: 'measuring columns' }
    const column = Float64Array.from({ length: count }, (_, row) => data[row * width + j] as number)
    centre[j] = median(column)
    spread[j] = Math.max(least, held(NORMAL_MAD * medianAbsoluteDeviation(column)))
  }
  return { centre, spread }
}

function openState(state: State): Live<State> {
  const width = state.centre.length
  return {
    score: (rows) => Float64Array.from({ length: rows.count }, (_, row) => Math.max(...deviations(rows, row, state))),
    explain(rows) {
      const weights = new Float64Array(rows.count * width)
      for (let row = 0; row < rows.count; row++) weights.set(deviations(rows, row, state), row * width)
      return weights
    },
    save: () => ({ centre: state.centre.slice(), spread: state.spread.slice() }),
  }
}

/**
 * Modified z-scores (Iglewicz and Hoaglin 1993), the largest of a row. Scores from 0, higher is stranger. Frozen; reads numbers
 * without gaps.
 *
 * @example \`const model = ${camel}.fitNow(rows); model.score(newRows)\`
 */
export const ${camel} = defineDetector<typeof PARAMS, State>({
  id: '${name}',
  version: 1,
  summary: 'Distance of the strangest column from its median, in robust deviations.',
  reference: 'Iglewicz and Hoaglin 1993, "How to detect and handle outliers", section 3.3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params: PARAMS,
  exempt: { 'agrees-with-the-reference': 'no scores of a reference implementation are recorded yet' },
  fit: (rows, _lesson, { least }, _random, job) => paced('${name}', job, fitColumns(rows, least)),
  open: openState,
})
`,
    },
    registry: { path: `${room}/registry.ts`, entry: camel, from: `./table/${name}.ts` },
    next: `Write the idea in ${folder}/${name}.ts, and cite where it comes from.
Record what a reference implementation scores in ${folder}/fixtures/${name}.json (ecod.json is an example),
and drop the exemption.
Check it: npx vitest run packages/detect/src/conformance
Write its page: npm run docs`,
  }
}
