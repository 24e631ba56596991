/** Detectors and their parameters as they are named on the command line. */
import {
  type Detector,
  HeedfulError,
  type Param,
  type ParamTable,
  resolveParams,
  type SomeValues,
} from '@heedful/detect'
import { nearestName } from '@heedful/detect/contracts/nearest-name'
import { detectors } from '@heedful/detect/detectors/registry'
import { CommandError } from '../errors.ts'

/** A detector with the parameters that were given for it. */
export interface Chosen {
  readonly detector: Detector
  readonly params: SomeValues<ParamTable>
}

/** `name=value` or `detector.name=value`. */
interface Assignment {
  readonly owner: string | undefined
  readonly name: string
  readonly value: string
  readonly text: string
}

export const detectorIds = (): string[] => detectors.map(({ id }) => id)

function findDetector(id: string): Detector {
  const found = detectors.find((detector) => detector.id === id)
  if (found !== undefined) return found
  const near = nearestName(id, detectorIds())
  const wayOut = near === undefined ? `there are ${detectorIds().join(', ')}` : `did you mean ${near}?`
  throw new CommandError('usage-invalid', `no detector is called "${id}"`, wayOut)
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
  if (param.type === 'choice') return value
  if (param.type === 'flag') return value === 'true' || (value === 'false' ? false : value)
  const number = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isNaN(number) ? value : number
}

function paramsOf(detector: Detector, assignments: readonly Assignment[]): SomeValues<ParamTable> {
  const given: Record<string, number | string | boolean> = {}
  for (const { owner, name, value } of assignments) {
    if (owner !== undefined && owner !== detector.id) continue
    const param = Object.hasOwn(detector.params, name) ? detector.params[name] : undefined
    if (param !== undefined) given[name] = readValue(param, value)
  }
  try {
    resolveParams(detector.id, detector.params, given)
  } catch (error) {
    if (!(error instanceof HeedfulError)) throw error
    throw new CommandError('usage-invalid', error.message, 'change --param')
  }
  return given
}

/** A parameter that none of the chosen detectors has is a slip of the pen. */
function checkUsed({ owner, name, text }: Assignment, chosen: readonly Detector[]): void {
  const meant = chosen.filter(({ id }) => owner === undefined || owner === id)
  if (meant.some(({ params }) => Object.hasOwn(params, name))) return
  const known = [...new Set(meant.flatMap(({ params }) => Object.keys(params)))]
  const near = nearestName(name, known)
  const who = owner ?? (chosen.length === 1 ? chosen[0]!.id : 'none of the detectors')
  const has = owner === undefined && chosen.length > 1 ? 'has' : 'has no'
  const wayOut = near === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean "${near}"?`
  throw new CommandError('usage-invalid', `--param ${text}: ${who} ${has} parameter "${name}"`, wayOut)
}

/** @param ids `a,b` or `all`. Throws `usage-invalid`, with the nearest name. */
export function chooseDetectors(ids: string, params: readonly string[]): Chosen[] {
  const names = ids.split(',').map((id) => id.trim())
  const chosen = names.includes('all') ? [...detectors] : [...new Set(names)].map(findDetector)
  const assignments = params.map(readAssignment)
  for (const assignment of assignments) checkUsed(assignment, chosen)
  return chosen.map((detector) => ({ detector, params: paramsOf(detector, assignments) }))
}
