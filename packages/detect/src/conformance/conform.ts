import type { CheckName } from '../contracts/check-name.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { checks } from './checks.ts'
import { tableScenario } from './scenario.ts'
import type { Subject, Trial } from './subject.ts'

export type Outcome =
  /** The promise is kept. */
  | 'kept'
  /** It is not: `why` says where. */
  | 'broken'
  /** The detector's file says why it cannot be kept, and indeed it is not. */
  | 'exempt'
  /** The detector's file says it cannot be kept, but it is: remove the exemption. */
  | 'exemption-outdated'
  /** The promise says nothing about such a detector. */
  | 'not-applicable'

export interface Verdict {
  readonly check: CheckName
  /** The promise as a sentence. */
  readonly promise: string
  readonly outcome: Outcome
  readonly why?: string
}

function tryOut(subject: Subject, seed: number): Trial {
  const { detector } = subject
  const scenario = subject.scenario ? subject.scenario(seed) : tableScenario(detector, seed)
  const { train, lesson = {} } = scenario
  return {
    ...{ subject, detector, scenario },
    fit: (own = seed) => detector.fit(train, { seed: own, lesson, ...(subject.params && { params: subject.params }) }),
  }
}

/** Why a promise is broken; undefined where it is kept. An unexpected error breaks it, too. */
async function breach(name: CheckName, trial: Trial): Promise<string | undefined> {
  try {
    await checks[name].run(trial)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function judge(name: CheckName, subject: Subject, seed: number): Promise<Verdict> {
  const { promise, applies } = checks[name]
  const trial = tryOut(subject, seed)
  if (applies && !(await applies(trial))) return { check: name, promise, outcome: 'not-applicable' }
  const why = await breach(name, trial)
  const exempt = subject.detector.exempt?.[name]
  if (exempt === undefined)
    return why === undefined
      ? { check: name, promise, outcome: 'kept' }
      : { check: name, promise, outcome: 'broken', why }
  return why === undefined
    ? {
        check: name,
        promise,
        outcome: 'exemption-outdated',
        why: `remove the exemption "${exempt}": the promise is kept`,
      }
    : { check: name, promise, outcome: 'exempt', why: exempt }
}

export const checkNames = Object.keys(checks) as readonly CheckName[]

/** Holds a detector to every promise, or to those that are named. The same seed, the same verdicts. */
export async function conform(
  subject: Subject,
  names: readonly CheckName[] = checkNames,
  seed = 1,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const name of names) verdicts.push(await judge(name, subject, seed))
  return verdicts
}

/** Throws where a promise is broken or an exemption outdated. Error: `promise-broken`, naming every one. */
export function assertKept(subject: Subject, verdicts: readonly Verdict[]): void {
  const failed = verdicts.filter(({ outcome }) => outcome === 'broken' || outcome === 'exemption-outdated')
  if (failed.length === 0) return
  const lines = failed.map(({ check, promise, why }) => `${check}: ${promise} ${why}`)
  throw new HeedfulError('promise-broken', `${subject.detector.id}:\n${lines.join('\n')}`)
}
