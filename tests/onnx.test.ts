/** Forests as ONNX: checked and scored by Python's own runtime, beside what we score. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Column, createRandom, type Detector, type Model, prepared, type Rows } from '@heedful/detect'
import { extendedIsolationForest } from '@heedful/detect/detectors/table/extended-isolation-forest'
import { gradientBoosting } from '@heedful/detect/detectors/table/gradient-boosting'
import { isolationForest } from '@heedful/detect/detectors/table/isolation-forest'
import { randomForest } from '@heedful/detect/detectors/table/random-forest'
import { toOnnx } from '@heedful/detect/onnx/to-onnx'
import { anovaSelector } from '@heedful/detect/prepare/anova-selector'
import { categoryEncoder } from '@heedful/detect/prepare/category-encoder'
import { imputer } from '@heedful/detect/prepare/imputer'
import { principalComponents } from '@heedful/detect/prepare/principal-components'
import { robustScaler } from '@heedful/detect/prepare/robust-scaler'
import { signedLogarithm } from '@heedful/detect/prepare/signed-logarithm'
import { standardScaler } from '@heedful/detect/prepare/standard-scaler'
import { expect, it } from 'vitest'
import { findOnnxPython, NO_ONNX_PYTHON } from '../scripts/onnx-python.js'
import { ROOT } from './house/sources.ts'

const NUMBERS: readonly Column[] = ['x', 'y', 'z'].map((name) => ({ name, type: 'number' }))
/** The order of columns is not that of the inputs; one category holds what a file might. */
const MIXED: readonly Column[] = [
  { name: 'place', type: 'category', categories: ['Zürich', 'a "b"', '人', 'Bern', 'Genf'] },
  { name: 'x', type: 'number' },
  { name: 'kind', type: 'category', categories: Array.from({ length: 300 }, (_, i) => `k${i}`) },
  { name: 'y', type: 'number' },
]

interface Made {
  readonly rows: Rows
  readonly labels: Float64Array
}

/** Values of a grid, so that many are equal to a threshold or to each other, and far ones. */
function table(columns: readonly Column[], count: number, gaps: boolean, seed: number): Made {
  const random = createRandom(seed)
  const labels = Float64Array.from({ length: count }, (_, row) => (row % 5 === 0 ? 1 : 0))
  const data = new Float64Array(count * columns.length)
  for (let i = 0; i < data.length; i++) {
    const column = columns[i % columns.length] as Column
    const strange = labels[Math.floor(i / columns.length)] === 1
    if (gaps && random.next() < 0.1) data[i] = Number.NaN
    else if (column.type === 'category') data[i] = random.integer(column.categories.length + (strange ? 1 : 0))
    else data[i] = Math.round(random.normal() * 8 + (strange ? 12 : 0)) / 8 + (random.next() < 0.3 ? 1e-9 : 0)
  }
  return { rows: { columns, count, data }, labels }
}

/** As it is handed to the runtime: numbers and categories apart, null and "" where a value is missing. */
function handedOver({ columns, count, data }: Rows): { numbers: (number | null)[][]; categories: string[][] } {
  const cells = Array.from({ length: count }, (_, row) =>
    columns.map((column, j) => ({ column, value: data[row * columns.length + j] as number })),
  )
  const textOf = (column: Column, value: number) =>
    Number.isNaN(value) ? '' : (column.type === 'category' && column.categories[value]) || 'never seen'
  return {
    numbers: cells.map((row) =>
      row.filter(({ column }) => column.type === 'number').map(({ value }) => (Number.isNaN(value) ? null : value)),
    ),
    categories: cells.map((row) =>
      row.filter(({ column }) => column.type === 'category').map(({ column, value }) => textOf(column, value)),
    ),
  }
}

const encoded = (detector: Detector) => prepared(imputer, prepared(categoryEncoder, detector))
const encodedOnly = prepared(categoryEncoder, isolationForest)
const few = { leastRows: 3 }

/** Name → detector, its columns, its parameters, whether values are missing. */
const CASES: readonly (readonly [string, Detector, readonly Column[], object, boolean])[] = [
  ['isolation-forest', isolationForest, NUMBERS, {}, false],
  ['one-tree', isolationForest, NUMBERS, { trees: 1, subSample: 16 }, false],
  ['prepared', encoded(isolationForest), MIXED, { 'imputer.indicator': true }, true],
  ['one-hot', encoded(isolationForest), MIXED, { 'category-encoder.encoding': 'one-hot' }, true],
  ['scaled', prepared(imputer, prepared(signedLogarithm, prepared(robustScaler, encodedOnly))), MIXED, {}, true],
  [
    'selected',
    prepared(standardScaler, prepared(anovaSelector, randomForest)),
    NUMBERS,
    { 'anova-selector.most': 2 },
    true,
  ],
  ['axes', prepared(principalComponents, isolationForest), NUMBERS, {}, false],
  ['extended', extendedIsolationForest, NUMBERS, {}, false],
  ['random-forest', randomForest, MIXED, few, true],
  ['random-forest-numbers', randomForest, NUMBERS, {}, false],
  ['gradient-boosting', gradientBoosting, MIXED, few, true],
  ['gradient-boosting-behind', prepared(imputer, gradientBoosting), MIXED, { 'gradient-boosting.leastRows': 3 }, true],
]

it("is scored by Python's onnxruntime as by us", { timeout: 60_000 }, (context) => {
  const python = findOnnxPython()
  if (python === undefined) return context.skip(NO_ONNX_PYTHON)
  const folder = mkdtempSync(join(tmpdir(), 'heedful-onnx-'))
  try {
    const ours = new Map<string, Float64Array>()
    for (const [name, detector, columns, params, gaps] of CASES) {
      const { rows, labels } = table(columns, 400, gaps, 1)
      const model: Model = detector.fitNow(rows, { seed: 3, params: params as never, lesson: { labels } })
      const asked = table(columns, 200, gaps, 2).rows
      writeFileSync(join(folder, `${name}.onnx`), toOnnx(model))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(handedOver(asked)))
      ours.set(name, model.score(asked))
    }
    const script = join(ROOT, 'tests/onnx/score.py')
    const theirs: Record<string, number[]> = JSON.parse(execFileSync(python, [script, folder], { encoding: 'utf8' }))
    expect(Object.keys(theirs).sort()).toEqual(CASES.map(([name]) => name).sort())
    for (const [name, scores] of ours) {
      const spread = Math.max(...scores) - Math.min(...scores)
      expect(spread, name).toBeGreaterThan(0.01)
      const off = Math.max(
        ...scores.map((score, row) => Math.abs(score - theirs[name]![row]!) / Math.max(1, Math.abs(score))),
      )
      expect(off, name).toBeLessThan(1e-6)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
