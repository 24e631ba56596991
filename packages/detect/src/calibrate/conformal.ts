import type { Calibration, LiveCalibration } from '../contracts/calibration.ts'
import { int } from '../contracts/params.ts'
import { freezeReference, type Reference, surprise } from './reference.ts'
import { Reservoir, type ReservoirState, startReservoir } from './reservoir.ts'

const PARAMS = {
  capacity: int(20_000, 10, 1_000_000, 'most scores that the reference keeps'),
  cap: int(20, 1, 1_000_000, 'most scores of one group that it keeps'),
}

/** What was collected, the reference in force, and how many scores had been offered when it was frozen. */
export type ConformalState = { reservoir: ReservoirState; reference: Reference; frozenAt: number }

/**
 * Surprise from a bounded, seeded sample of every score: `Reservoir` collects, `Reference` answers. The reference is
 * frozen anew whenever a fiftieth more scores were offered, counted score by score: it does not matter how they were cut.
 */
export const conformal: Calibration<typeof PARAMS, ConformalState> = {
  id: 'conformal',
  version: 1,
  summary: 'Conformal p-values against a bounded sample of scores, with a modelled tail below its resolution',
  reference:
    'Bates et al., Annals of Statistics 2023 (arXiv 2104.08279), equation 1; tail: Zhang and Stephens 2009, section 3',
  params: PARAMS,
  fit(scores, group, { capacity, cap }, random) {
    const reservoir = new Reservoir(startReservoir({ seed: random.integer(0x1_0000_0000), capacity, cap }))
    for (let i = 0; i < scores.length; i++) reservoir.collect(scores[i]!, group ? group[i]! : null, i)
    return { reservoir: reservoir.save(), reference: freezeReference(reservoir.scores()), frozenAt: scores.length }
  },
  open: (state) => new LiveConformal(state),
}

class LiveConformal implements LiveCalibration<ConformalState> {
  private readonly reservoir: Reservoir
  private reference: Reference
  private frozenAt: number

  constructor(state: ConformalState) {
    this.reservoir = new Reservoir(state.reservoir)
    this.reference = state.reference
    this.frozenAt = state.frozenAt
  }

  calibrate(scores: Float64Array): Float64Array {
    return scores.map((score) => surprise(this.reference, score))
  }

  learn(scores: Float64Array, group: Int32Array | undefined): void {
    for (let i = 0; i < scores.length; i++) {
      this.reservoir.collect(scores[i]!, group ? group[i]! : null, this.reservoir.offered)
      if (this.reservoir.offered >= this.frozenAt * 1.02) this.freeze()
    }
  }

  private freeze(): void {
    this.reference = freezeReference(this.reservoir.scores())
    this.frozenAt = this.reservoir.offered
  }

  save(): ConformalState {
    const { scores, tail } = this.reference
    return {
      reservoir: this.reservoir.save(),
      reference: { scores: scores.slice(), tail: tail && { ...tail } },
      frozenAt: this.frozenAt,
    }
  }
}
