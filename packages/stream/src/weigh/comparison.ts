/**
 * What the values of one statistic usually are: of each of its parts (bands of maturity, kinds of event) by itself, and of
 * all together for a part that is not known well enough.
 */
import { freezeReference, freezeSorted, type Reference } from '@heedful/detect/calibrate/reference'
import { CAPACITY, Sample, type SampleState } from './sample.ts'

/** From this many scores on a reference answers. */
const ENOUGH = 200
/** The whole is fitted again when so many times the scores have entered: it only stands in for parts that lack their own. */
const GROWN = 1.25

interface Part {
  sample: Sample
  reference: Reference | undefined
  /** How many scores entered the sample since the reference was fitted. */
  fresh: number
}

export interface ComparisonState {
  parts: Map<string, { sample: SampleState; reference: Reference | null; fresh: number }>
  whole: Reference | null
  entered: number
  wholeAt: number
}

/** A reference that lacks no more than this share of its sample is as good: it is not fitted again. */
const STALE = 0.02

const isStale = ({ fresh, reference, sample }: Part): boolean =>
  reference === undefined ? fresh > 0 : fresh > STALE * sample.held

export class Comparison {
  private readonly parts = new Map<string, Part>()
  private whole: Reference | undefined
  /** How many scores entered, and had when the whole was fitted. */
  private entered: number
  private wholeAt: number

  constructor(saved?: ComparisonState) {
    this.whole = saved?.whole ?? undefined
    this.entered = saved?.entered ?? 0
    this.wholeAt = saved?.wholeAt ?? 0
    for (const [name, { sample, reference, fresh }] of saved?.parts ?? [])
      this.parts.set(name, { sample: new Sample(sample), reference: reference ?? undefined, fresh })
  }

  learn(name: string, score: number, draw: number, owner: number): void {
    let part = this.parts.get(name)
    if (part === undefined) {
      part = { sample: new Sample(), reference: undefined, fresh: 0 }
      this.parts.set(name, part)
    }
    if (!part.sample.learn(score, draw, owner)) return
    part.fresh++
    this.entered++
  }

  /** What a score of this part is compared with. */
  reference(name: string): Reference | undefined {
    return this.parts.get(name)?.reference ?? this.whole
  }

  /** Something is known to compare with. */
  get answers(): boolean {
    return this.whole !== undefined
  }

  /** How much work a refit is: the scores of parts that changed. */
  get work(): number {
    let work = 0
    for (const part of this.parts.values()) if (isStale(part)) work += part.sample.held
    return work
  }

  /** What was learned is what is compared with from here on. */
  refit(): void {
    let refitted = false
    for (const part of this.parts.values()) {
      if (!isStale(part)) continue
      part.fresh = 0
      refitted = true
      const scores = part.sample.sorted(part.reference?.scores)
      if (scores.length >= ENOUGH) part.reference = freezeSorted(scores)
    }
    if (refitted && this.needsWhole) this.refitWhole()
  }

  /** While a part has no reference of its own, and for parts that nobody met yet; not for a few scores more. */
  private get needsWhole(): boolean {
    if (this.whole === undefined) return true
    if (this.entered < GROWN * this.wholeAt) return false
    for (const { reference } of this.parts.values()) if (reference === undefined) return true
    return false
  }

  /** Samples are put together at the height of the lowest bar, so that no part counts for more than its share. */
  private refitWhole(): void {
    let bar = 0xffff_ffff
    let held = 0
    for (const { sample } of this.parts.values()) {
      bar = Math.min(bar, sample.bar)
      held += sample.held
    }
    if (held > CAPACITY) bar = Math.floor(bar * (CAPACITY / held))
    const scores = new Float64Array(held)
    let count = 0
    for (const { sample } of this.parts.values()) count = sample.copyBelow(bar, scores, count)
    if (count < ENOUGH) return
    this.whole = freezeReference(scores.subarray(0, count))
    this.wholeAt = this.entered
  }

  save(): ComparisonState {
    const parts: ComparisonState['parts'] = new Map()
    for (const [name, { sample, reference, fresh }] of this.parts)
      parts.set(name, { sample: sample.save(), reference: reference ?? null, fresh })
    return { parts, whole: this.whole ?? null, entered: this.entered, wholeAt: this.wholeAt }
  }
}
