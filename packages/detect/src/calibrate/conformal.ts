import type { Calibration, LiveCalibration } from '../contracts/calibration.ts'
import { int } from '../contracts/params.ts'
import { createRandom, type Random } from '../contracts/random.ts'
import { freezeReference, type Reference, surprise } from './reference.ts'
import { Reservoir, type ReservoirState, startReservoir } from './reservoir.ts'

const PARAMS = {
  capacity: int(20_000, 10, 1_000_000, 'most scores that the reference keeps'),
  cap: int(20, 1, 1_000_000, 'most scores of one group that it keeps'),
}

/** What was collected, the reference in force, and how many scores had been offered when it was frozen. */
export type ConformalState = { seed: number; reservoir: ReservoirState; reference: Reference; frozenAt: number }

/**
 * Surprise from a bounded, seeded sample of every score: `Reservoir` collects, `Reference` answers. The reference is
 * frozen anew whenever a fiftieth more scores were offered, counted score by score: it does not matter how they were cut.
 */
export const conformal: Calibration<typeof PARAMS, ConformalState> = {
  id: 'conformal',
  version: 1,
  summary: 'Conformal p-values against a bounded sample of scores, with a modelled tail below its resolution',
  reference:
    'Bates et al., Annals of Statistics 2023 (arXiv 2104.08279), section 2; tail: Zhang and Stephens 2009, section 3',
  params: PARAMS,
  fit(scores, group, { capacity, cap }, random) {
    const seed = random.integer(0x1_0000_0000)
    const reservoir = new Reservoir(startReservoir({ capacity, cap }))
    const draws = createRandom(seed)
    for (let i = 0; i < scores.length; i++) collect(reservoir, draws, scores[i]!, group?.[i])
    return {
      seed,
      reservoir: reservoir.save(),
      reference: freezeReference(reservoir.scores()),
      frozenAt: scores.length,
    }
  },
  open: (state) => new LiveConformal(state),
}

/** The draw comes from the score's running number, so it is the same wherever the stream is cut. */
function collect(reservoir: Reservoir, draws: Random, score: number, owner: number | undefined): void {
  reservoir.collect(score, owner ?? null, draws.split(reservoir.offered).next())
}

class LiveConformal implements LiveCalibration<ConformalState> {
  private readonly seed: number
  private readonly draws: Random
  private readonly reservoir: Reservoir
  private reference: Reference
  private frozenAt: number

  constructor(state: ConformalState) {
    this.seed = state.seed
    this.draws = createRandom(state.seed)
    this.reservoir = new Reservoir(state.reservoir)
    this.reference = state.reference
    this.frozenAt = state.frozenAt
  }

  calibrate(scores: Float64Array): Float64Array {
    return scores.map((score) => surprise(this.reference, score))
  }

  learn(scores: Float64Array, group: Int32Array | undefined): void {
    for (let i = 0; i < scores.length; i++) {
      collect(this.reservoir, this.draws, scores[i]!, group?.[i])
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
      seed: this.seed,
      reservoir: this.reservoir.save(),
      reference: { scores: scores.slice(), tail: tail && { ...tail } },
      frozenAt: this.frozenAt,
    }
  }
}
