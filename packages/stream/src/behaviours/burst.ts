/** The shape of behaviours that count: as many within such a time, against a habit that is a Gamma posterior. */
import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import type { Feature, Values } from '../features/feature.ts'
import { type Behaviour, behaviour } from './behaviour.ts'

export interface Counted {
  /** What was counted; the fraction that fading left is rounded. */
  count: number
  /** Gamma posterior of the rate. */
  shape: number
  rate: number
  /** How long was counted, in units of the rate. */
  exposure: number
  /** The largest shape that is believed, where what is counted comes in clusters. */
  dispersion?: number
  /** The most surprise that it may give, where an innocent cause is at hand. */
  most?: number
}

export interface Burst<V extends Values> {
  id: string
  title: string
  /** What it is called while fewer than three were counted: that is strange for some, but no crowd. */
  few?: string
  techniques: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: the memory's type is the feature's own affair
  reads: Feature<any, V>
  /** `undefined`: does not concern such an event. */
  counted(values: V): Counted | undefined
  expected(values: V): V
}

/** Failures of one account come in clusters, however well their rate is known: the shape of their distribution stays small. */
export const CLUSTERED = 2

/** The strongest surprise that a burst may claim before anybody knows how often such bursts are harmless. */
const OWN_SURPRISE = 8
/** And the most that each further one adds until then: who mistyped a password once does so again half of the time. */
const EACH_FURTHER = Math.LN2

const FEW = 3

export function burst<V extends Values>({ counted, few, ...spec }: Burst<V>): Behaviour {
  const titleOf = (values: V) => (few !== undefined && Math.round(counted(values)?.count ?? 0) < FEW ? few : spec.title)
  const score = (values: V): number => {
    const seen = counted(values)
    if (seen === undefined) return Number.NaN
    const shape = Math.min(seen.dispersion ?? Number.POSITIVE_INFINITY, seen.shape)
    const rate = (seen.rate * shape) / seen.shape
    const surprise = -logGammaPoissonTail(Math.round(seen.count), shape, rate, seen.exposure)
    return Math.min(surprise, seen.most ?? Number.POSITIVE_INFINITY)
  }
  return behaviour<V>({
    ...spec,
    family: 'pace',
    needsHabit: false,
    score,
    surprise: (values) =>
      Math.min(OWN_SURPRISE, score(values), EACH_FURTHER * Math.max(0, (counted(values)?.count ?? 0) - 1)),
    explain: (values, { observed, expected }) => ({
      title: titleOf(values),
      text: `${titleOf(values)}: ${observed}; usual: ${expected}.`,
      observed,
      expected,
      normal: expected,
    }),
  })
}
