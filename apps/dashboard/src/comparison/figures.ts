/** What is shown of a comparison, as numbers. */
import type { ComparedResult, Comparison, Step } from '../contract/comparison.ts'

export type Measure = 'roc_auc' | 'average_precision'
export const MEASURES: readonly (readonly [Measure, string])[] = [
  ['roc_auc', 'ROC-AUC'],
  ['average_precision', 'Average precision'],
]

/** Lines that can be told apart; what is not chosen beyond them is grey. */
export const COLOURS = 8

export const resultAt = (results: readonly ComparedResult[], file: number, detector: number) =>
  results.find((result) => result.file === file && result.detector === detector)

/** Mean over the files where it was measured; undefined where it never was. */
export function meanOf({ results }: Comparison, detector: number, measure: Measure): number | undefined {
  const own = results.filter((result) => result.detector === detector)
  return own.length === 0 ? undefined : own.reduce((sum, result) => sum + result[measure], 0) / own.length
}

/** Places of detectors, the best mean first; those that were never measured last. */
export function rankDetectors(comparison: Comparison, measure: Measure): number[] {
  const mean = (detector: number) => meanOf(comparison, detector, measure) ?? -1
  return [...comparison.detectors.keys()].sort((a, b) => mean(b) - mean(a) || a - b)
}

/** How strongly a cell is coloured, 0 … 1: from guessing to perfect. */
export function heatOf(value: number, chance: number): number {
  return Math.max(0, Math.min(1, (value - chance) / (1 - chance)))
}

export interface Rates {
  precision: number
  recall: number
  f1: number
  falsePositiveRate: number
  alerts: number
}

type Sizes = Pick<ComparedResult, 'positives' | 'negatives'>

export function ratesOf(
  { true_positives: hits, false_positives: alarms }: Step,
  { positives, negatives }: Sizes,
): Rates {
  const alerts = hits + alarms
  return {
    precision: alerts === 0 ? 1 : hits / alerts,
    recall: hits / positives,
    f1: (2 * hits) / (alerts + positives),
    falsePositiveRate: alarms / negatives,
    alerts,
  }
}

export type Point = readonly [x: number, y: number]

export const rocPoints = (result: ComparedResult): Point[] =>
  result.steps.map((step) => {
    const { falsePositiveRate, recall } = ratesOf(step, result)
    return [falsePositiveRate, recall]
  })

/** Steps, not slopes: between two thresholds nothing else can be had. */
export function precisionPoints(result: ComparedResult): Point[] {
  const points: Point[] = []
  for (const step of result.steps) {
    const { precision, recall } = ratesOf(step, result)
    const before = points.at(-1)
    if (before !== undefined) points.push([before[0], precision])
    points.push([recall, precision])
  }
  return points
}

/** `M0 100L…` in a square of 100; y grows upwards. */
export const pathOf = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${(100 * x).toFixed(2)} ${(100 * (1 - y)).toFixed(2)}`).join('')

/** `0.12 ms`, `45 ms`, `3.4 s`. */
export function timeText(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  return `${ms < 1 ? ms.toFixed(2) : ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`
}

/** `p < 0.001`, `p = 0.23`. */
export const pText = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toPrecision(2)}`)

/** Names of files without their folder and ending, where that still tells them apart. */
export function shortNames(names: readonly string[]): string[] {
  const short = names.map((name) => (name.split(/[/\\]/).at(-1) as string).replace(/\.(csv|tsv|txt)(\.gz)?$/i, ''))
  return new Set(short).size === names.length && !short.includes('') ? short : [...names]
}
