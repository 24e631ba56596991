/** What is said of the members of an ensemble, taken together. */
import type { DetectorDescription } from '../contracts/algorithm.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { joinParams } from '../contracts/member-params.ts'
import type { Detector } from '../contracts/model.ts'
import { choice, int, type ParamTable, real } from '../contracts/params.ts'
import { conformal } from './conformal.ts'
import { RULES } from './fuse.ts'

/** The name of the parameter that says how much a member counts. */
export const weightOf = ({ id }: { readonly id: string }): string => `${id}.weight`

function refuse(why: string): never {
  throw new HeedfulError('detector-invalid', `an ensemble: ${why}`)
}

type Columns = DetectorDescription<ParamTable>['columns']

/** What all of them can read. */
function columnsOf(members: readonly Detector[]): Columns {
  const needed = [...new Set(members.map(({ columns }) => columns))].filter((columns) => columns !== 'any')
  if (needed.length > 1)
    refuse('some members read numbers alone, others categories alone; encode them first (prepared)')
  return needed[0] ?? 'any'
}

function checkNames(members: readonly Detector[]): void {
  const twice = members.find(({ id }, i) => members.findIndex((other) => other.id === id) !== i)
  if (twice) refuse(`the member "${twice.id}" stands twice; give it a larger weight instead`)
}

function kindOf(members: readonly Detector[]): Detector['kind'] {
  const kinds = [...new Set(members.map(({ kind }) => kind))]
  if (kinds.length > 1) refuse(`its members are of the kinds ${kinds.join(', ')}; they must be of one`)
  return kinds[0] ?? refuse('it needs at least one member')
}

/** Labels where one needs them; `normal` where all do; else each member leaves out for itself what it should not see. */
function learnsFromOf(members: readonly Detector[]): Detector['learnsFrom'] {
  if (members.some(({ learnsFrom }) => learnsFrom === 'labels')) return 'labels'
  return members.every(({ learnsFrom }) => learnsFrom === 'normal') ? 'normal' : 'unlabelled'
}

function paramsOf(members: readonly Detector[], weights: readonly number[] | undefined): ParamTable {
  if (weights && weights.length !== members.length)
    refuse(`${weights.length} weights for ${members.length} members; give one a member`)
  const labels = learnsFromOf(members) === 'labels'
  const own: ParamTable = {
    rule: choice('average', RULES, 'how the surprises of the members become one number'),
    bucket: int(2, 1, 1000, 'members of a bucket, in averages of maxima and maxima of averages'),
    /** What learned labels knows its training rows by heart: their scores are no measure for new ones. */
    holdout: real(
      labels ? 0.3 : 0,
      0,
      0.9,
      'share of the rows not labelled as anomalies that only the references of scores are made of; 0 makes them of the training rows',
    ),
    ...Object.fromEntries(
      members.map((member, i) => [
        weightOf(member),
        real(weights?.[i] ?? 1, 0, 1000, 'how much the member counts beside the others; 0 leaves it out'),
      ]),
    ),
    ...conformal.params,
  }
  return joinParams(own, members)
}

/** The description of the whole. Error: `detector-invalid` where the members do not go together. */
export function describeTogether(members: readonly Detector[], weights: readonly number[] | undefined) {
  checkNames(members)
  return {
    kind: kindOf(members),
    columns: columnsOf(members),
    learnsFrom: learnsFromOf(members),
    missing: members.every(({ missing }) => missing === 'accepts') ? ('accepts' as const) : ('rejects' as const),
    leastRows: Math.min(...members.map(({ leastRows = 1 }) => leastRows)),
    params: paramsOf(members, weights),
  }
}
