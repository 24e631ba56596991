/** The pages about detectors say what their files say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readMeasured, rowsOf } from '../scripts/detector-pages/measured.js'
import { detectorPages } from '../scripts/detector-pages/pages.js'
import { ROOT } from './house/sources.ts'

const pages = detectorPages()
const textAt = (path: string) => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined)

it('every page is what its file and the measurements say', () => {
  const stale = [...pages].filter(([path, text]) => textAt(path) !== text)
  expect(stale.map(([path]) => `${path} is stale: run npm run docs`)).toEqual([])
})

it('there is no page without a detector', () => {
  const left = readdirSync(join(ROOT, 'docs/detectors')).filter((name) => !pages.has(`docs/detectors/${name}`))
  expect(left.map((name) => `docs/detectors/${name} is of no detector: run npm run docs`)).toEqual([])
})

it('measured rows stand on a page with their heading, and those of others do not', () => {
  const measured = `# Accuracy

| detector | ROC-AUC |
|---|---|
| abod | 0.7 |
| ecod | 0.8 |

## ecod

| set | rows |
|---|---|
| ecod | 3 |
`
  expect(rowsOf(readMeasured(measured), 'ecod')).toEqual([
    'Accuracy:',
    '',
    '| detector | ROC-AUC |',
    '|---|---|',
    '| ecod | 0.8 |',
    '',
  ])
  expect(rowsOf(readMeasured(measured), 'lof')).toEqual([])
})
