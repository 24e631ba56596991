/** Detectors, what is put before them, and their parameters, as they are named on the command line. */
import {
  type Detector,
  HeedfulError,
  type Param,
  type ParamTable,
  resolveParams,
  type SomeValues,
} from '@heedful/detect'
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import type { Preparer } from '@heedful/detect/contracts/preparation'
import { detectors } from '@heedful/detect/detectors/registry'
import { preparers } from '@heedful/detect/prepare/registry'
import { CommandError } from '../errors.ts'

/** A detector with the parameters that were given for it. */
export interface Chosen {
  readonly detector: Detector
  /** What a person puts before it, the first one first. */
  readonly preparers: readonly Preparer[]
  /** By the detector's own names, and `preparer.name`. */
  readonly params: SomeValues<ParamTable>
}

/** `name=value`, or with the id of the detector or preparer before it. */
interface Assignment {
  readonly owner: string | undefined
  readonly name: string
  readonly value: string
  readonly text: string
}

export const detectorIds = (): string[] => detectors.map(({ id }) => id)

export const preparerIds = (): string[] => preparers.map(({ id }) => id)

/** What others call them: PyOD, scikit-learn, River and the libraries of boosted trees. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['iforest', 'isolation-forest'],
  ['isolationforest', 'isolation-forest'],
  ['if', 'isolation-forest'],
  ['eif', 'extended-isolation-forest'],
  ['knn', 'k-nearest-neighbours'],
  ['ocsvm', 'one-class-svm'],
  ['oneclasssvm', 'one-class-svm'],
  ['sgdoneclasssvm', 'online-one-class-svm'],
  ['hst', 'half-space-trees'],
  ['rrcf', 'random-cut-forest'],
  ['rcf', 'random-cut-forest'],
  ['robustcovariance', 'mcd'],
  ['ellipticenvelope', 'mcd'],
  ['rf', 'random-forest'],
  ['xgboost', 'gradient-boosting'],
  ['lightgbm', 'gradient-boosting'],
  ['catboost', 'gradient-boosting'],
  ['gbdt', 'gradient-boosting'],
  ['histgradientboosting', 'gradient-boosting'],
  ['pu', 'positive-unlabelled'],
])

function find<T extends { readonly id: string }>(what: string, all: readonly T[], id: string): T {
  const found = all.find((one) => one.id === id)
  if (found !== undefined) return found
  const ids = all.map((one) => one.id)
  const meant = ELSEWHERE.get(id.toLowerCase().replaceAll(/[-_]/g, ''))
  const near = meant !== undefined && ids.includes(meant) ? meant : nearestName(id, ids)
  const wayOut = near === undefined ? `there are ${ids.join(', ')}` : `did you mean ${near}?`
  throw new CommandError('usage-invalid', `no ${what} is called "${id}"`, wayOut)
}

function findPreparers(list: string | undefined): Preparer[] {
  const ids = (list ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  const twice = ids.find((id, i) => ids.indexOf(id) < i)
  if (twice !== undefined)
    throw new CommandError('usage-invalid', `--prepare names ${twice} twice`, 'name each of them once')
  return ids.map((id) => find('preparer', preparers, id))
}

function readAssignment(text: string): Assignment {
  const match = /^(?:([a-z0-9+-]+)\.)?([A-Za-z][A-Za-z0-9.]*)=(.*)$/.exec(text)
  if (match === null) {
    throw new CommandError('usage-invalid', `--param "${text}" is not understood`, 'write it as --param trees=200')
  }
  const [, owner, name = '', value = ''] = match
  return { owner, name, value, text }
}

/** What a person typed as a value of a parameter; its range is checked by `resolveParams`. */
function readValue(param: Param, value: string): number | string | boolean {
  if (param.type === 'choice' || param.type === 'names') return value
  if (param.type === 'flag') return value === 'true' || (value === 'false' ? false : value)
  const number = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isNaN(number) ? value : number
}

/** Whoever has parameters: a detector or a preparer. */
type Owner = Pick<Detector, 'id' | 'params'>

function paramsOf({ id, params }: Owner, assignments: readonly Assignment[]) {
  const given: Record<string, number | string | boolean> = {}
  for (const { owner, name, value } of assignments) {
    if (owner !== undefined && owner !== id) continue
    const param = Object.hasOwn(params, name) ? params[name] : undefined
    if (param !== undefined) given[name] = readValue(param, value)
  }
  try {
    resolveParams(id, params, given)
  } catch (error) {
    if (!(error instanceof HeedfulError)) throw error
    throw new CommandError('usage-invalid', error.message, 'change --param')
  }
  return given
}

/** Those of a preparer are asked for by its name, as several may have one of the same name. */
function paramsOfAll(detector: Detector, before: readonly Preparer[], assignments: readonly Assignment[]) {
  const all = before.flatMap((preparer) => {
    const own = assignments.filter(({ owner }) => owner === preparer.id)
    return Object.entries(paramsOf(preparer, own)).map(([name, value]) => [`${preparer.id}.${name}`, value] as const)
  })
  return { ...paramsOf(detector, assignments), ...Object.fromEntries(all) }
}

/** A parameter that none of the chosen ones has is a slip of the pen. */
function checkUsed({ owner, name, text }: Assignment, chosen: readonly Detector[], before: readonly Preparer[]): void {
  const meant: readonly Owner[] = owner === undefined ? chosen : [...chosen, ...before].filter(({ id }) => id === owner)
  if (meant.some(({ params }) => Object.hasOwn(params, name))) return
  const known = [...new Set(meant.flatMap(({ params }) => Object.keys(params)))]
  const near = nearestName(name, known)
  const who = owner ?? (chosen.length === 1 ? chosen[0]!.id : 'none of the detectors')
  const has = owner === undefined && chosen.length > 1 ? 'has' : 'has no'
  const wayOut = near === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean "${near}"?`
  throw new CommandError('usage-invalid', `--param ${text}: ${who} ${has} parameter "${name}"`, wayOut)
}

/**
 * @param ids `a,b` or `all`. @param prepare preparers, `a,b`, put before each of them. Throws `usage-invalid`, with the
 * nearest name.
 */
export function chooseDetectors(ids: string, params: readonly string[], prepare?: string): Chosen[] {
  const names = ids.split(',').map((id) => id.trim())
  const chosen = names.includes('all')
    ? [...detectors]
    : [...new Set(names)].map((id) => find('detector', detectors, id))
  const before = findPreparers(prepare)
  const assignments = params.map(readAssignment)
  for (const assignment of assignments) checkUsed(assignment, chosen, before)
  return chosen.map((detector) => ({
    detector,
    preparers: before,
    params: paramsOfAll(detector, before, assignments),
  }))
}
