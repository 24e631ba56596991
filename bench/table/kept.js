/** What was measured so far, so that a long run can be stopped and go on. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Runs of other words keep theirs. */
const placeOf = ({ seeds, accuracy }) =>
  fileURLToPath(new URL(`../.data/table-${seeds}${accuracy ? '-accuracy' : ''}.ndjson`, import.meta.url))

/** What has to be alike for a result to be taken over. */
const keyOf = ({ seeds, accuracy }, pair, set) => JSON.stringify([pair, set, seeds, accuracy])

/** Begins anew unless `options.resume`. */
export function openKept(options) {
  const place = placeOf(options)
  if (!options.resume) rmSync(place, { force: true })
  mkdirSync(dirname(place), { recursive: true })
  const lines = existsSync(place) ? readFileSync(place, 'utf8').split('\n') : []
  const known = new Map(
    lines.flatMap((line) => (line.endsWith('}') ? [JSON.parse(line)] : [])).map((one) => [one.key, one.result]),
  )
  return {
    find: (pair, set) => known.get(keyOf(options, pair, set)),
    add: (pair, result) =>
      appendFileSync(place, `${JSON.stringify({ key: keyOf(options, pair, result.set), result })}\n`),
  }
}
