import { expect, test } from 'vitest'
import type { ComparedResult, Comparison } from '../contract/comparison.ts'
import {
  heatOf,
  pathOf,
  precisionPoints,
  pText,
  rankDetectors,
  ratesOf,
  rocPoints,
  shortNames,
  timeText,
} from './figures.ts'

const result: ComparedResult = {
  ...{ file: 0, detector: 0, roc_auc: 0.875, average_precision: 0.8, fit_ms: 1, score_ms: 1, rows_fitted: 6 },
  ...{ positives: 2, negatives: 4, prepared_by: [], best: 1, p_beside_best: null },
  scores: { from: 0, to: 1, normal: [4], anomalous: [2] },
  steps: [
    { threshold: null, true_positives: 0, false_positives: 0 },
    { threshold: 0.9, true_positives: 1, false_positives: 0 },
    { threshold: 0.5, true_positives: 2, false_positives: 1 },
    { threshold: 0, true_positives: 2, false_positives: 4 },
  ],
}

test('rates of a step', () => {
  expect(ratesOf(result.steps[2]!, result)).toEqual({
    ...{ precision: 2 / 3, recall: 1, f1: 0.8, falsePositiveRate: 0.25, alerts: 3 },
  })
  expect(ratesOf(result.steps[0]!, result)).toMatchObject({ precision: 1, recall: 0, f1: 0 })
})

test('curves run from the strictest threshold to the widest', () => {
  expect(rocPoints(result)).toEqual([
    [0, 0],
    [0, 0.5],
    [0.25, 1],
    [1, 1],
  ])
  expect(precisionPoints(result).map(([x]) => x)).toEqual([0, 0, 0.5, 0.5, 1, 1, 1])
  expect(
    pathOf([
      [0, 0],
      [0.25, 1],
    ]),
  ).toBe('M0.00 100.00L25.00 0.00')
})

test('detectors are ranked by their mean, those never measured last', () => {
  const comparison = {
    detectors: ['never', 'weak', 'strong'],
    results: [
      { ...result, detector: 1, roc_auc: 0.6 },
      { ...result, detector: 2, roc_auc: 0.9 },
      { ...result, detector: 1, file: 1, roc_auc: 0.7 },
    ],
  } as Comparison
  expect(rankDetectors(comparison, 'roc_auc')).toEqual([2, 1, 0])
})

test('heat and words', () => {
  expect([heatOf(0.5, 0.5), heatOf(1, 0.5), heatOf(0.2, 0.5), heatOf(0.75, 0.5)]).toEqual([0, 1, 0, 0.5])
  expect([0.123, 4.56, 78.9, 3456, 12_345].map(timeText)).toEqual(['0.12 ms', '4.6 ms', '79 ms', '3.5 s', '12 s'])
  expect([pText(0.0001), pText(0.234)]).toEqual(['p < 0.001', 'p = 0.23'])
})

test('names are short where they still tell files apart', () => {
  expect(shortNames(['/data/a.csv', '/data/b.csv.gz'])).toEqual(['a', 'b'])
  expect(shortNames(['x/a.csv', 'y/a.csv'])).toEqual(['x/a.csv', 'y/a.csv'])
})
