import { HeedfulError } from '../contracts/errors.ts'
import type { Detector } from '../contracts/model.ts'
import { ensemble } from './ensemble.ts'

/** How much each part of an ensemble counts, by the part it plays. */
export const weightPresets = {
  /** A voting ensemble of threat detectors. */
  voting: { anomaly: 0.3, pattern: 0.25, sequence: 0.25, network: 0.2 },
  /** The same in service, with the behaviour of users beside it. */
  service: { isolationForest: 0.25, sequence: 0.3, gradientBoosting: 0.25, behaviour: 0.15, graph: 0.05 },
  /** A fast forest and an autoencoder, which is more accurate. */
  forestAndAutoencoder: { isolationForest: 0.3, autoencoder: 0.7 },
} as const

export type WeightPreset = keyof typeof weightPresets

/** A detector for some of the parts of a preset. */
export type Cast<P extends WeightPreset> = { readonly [Part in keyof (typeof weightPresets)[P]]?: Detector }

/**
 * An ensemble with the weights of a preset: `presetEnsemble('voting', { anomaly: isolationForest, pattern: gradientBoosting })`.
 * The weight of a part that nobody plays is shared out among the others. Errors: `detector-invalid`.
 */
export function presetEnsemble<P extends WeightPreset>(preset: P, cast: Cast<P>): Detector {
  const parts = Object.entries(weightPresets[preset]) as [keyof Cast<P> & string, number][]
  const odd = Object.keys(cast).find((part) => !Object.hasOwn(weightPresets[preset], part))
  if (odd !== undefined) {
    const known = parts.map(([part]) => part).join(', ')
    throw new HeedfulError('detector-invalid', `the preset "${preset}" has no part "${odd}"; it has: ${known}`)
  }
  const played = parts.flatMap(([part, weight]) => {
    const detector = cast[part] as Detector | undefined
    return detector ? [{ detector, weight }] : []
  })
  return ensemble(
    played.map(({ detector }) => detector),
    { weights: played.map(({ weight }) => weight) },
  )
}
