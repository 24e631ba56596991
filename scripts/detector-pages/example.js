/** A runnable example of a detector, around the one of its file. */

const CATEGORIES = `const columns = [{ name: 'place', type: 'category' as const, categories: ['office', 'home', 'train', 'beach'] }]
const rows = { columns, count: 300, data: Float64Array.from({ length: 300 }, () => random.integer(2)) }
const newRows = { columns, count: 2, data: Float64Array.of(0, 3) }`

const NUMBERS = `const names = ['pressure', 'temperature']
const rows = numberRows(names, Float64Array.from({ length: 600 }, () => random.normal()))
const newRows = numberRows(names, Float64Array.of(0.1, -0.2, 9, 9))`

/** The first twenty rows are known anomalies, the others normal. */
const LABELLED = `const names = ['pressure', 'temperature']
const labels = Float64Array.from({ length: 300 }, (_, row) => (row < 20 ? 1 : 0))
const rows = numberRows(names, Float64Array.from({ length: 600 }, (_, i) => random.normal() + (i < 40 ? 6 : 0)))
const newRows = numberRows(names, Float64Array.of(0.1, -0.2, 6, 7))`

/** Two statements: the fit, and what is asked of the model. */
export function exampleOf({ kind, id, columns, learnsFrom }, { example, exported }) {
  const categories = columns === 'category'
  const [fit, ask] = example.split('; ')
  const data = categories ? CATEGORIES : learnsFrom === 'labels' ? LABELLED : NUMBERS
  return [
    `import { createRandom${categories ? '' : ', numberRows'} } from '@heedful/detect'`,
    `import { ${exported} } from '@heedful/detect/detectors/${kind}/${id}'`,
    '',
    'const random = createRandom(1)',
    data,
    '',
    fit,
    `const [usual, strange] = ${ask}`,
    "if (!(Number(strange) > Number(usual))) throw new Error('higher is stranger')",
  ].join('\n')
}
