/** The pages of the documentation about detectors, out of their files and of what was measured. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { detectors } from '@heedful/detect/detectors/registry'
import { expressible } from '@heedful/detect/onnx/to-onnx'
import { exampleOf } from './example.js'
import { pathOf, readHead } from './head.js'
import { cellOf, readMeasured, rowsOf } from './measured.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CHOOSING = 'docs/choosing.md'
/** Between these lines of the page that helps to choose stands a table that is written here. */
const [BEGIN, END] = ['<!-- detectors: written by npm run docs -->', '<!-- end of detectors -->']

const READS = { number: 'numbers', category: 'categories', any: 'numbers and categories' }
const LEARNS = { unlabelled: 'rows without labels', normal: 'normal rows', labels: 'labelled rows' }

function rangeOf(param) {
  switch (param.type) {
    case 'int':
      return `whole, ${param.min} to ${param.max}`
    case 'real':
      return `${param.min} to ${param.max}`
    case 'choice':
      return param.options.map((option) => `\`${option}\``).join(', ')
    case 'names':
      return 'names, with commas between them'
    default:
      return 'true, false'
  }
}

const inCell = (text) => text.replaceAll('|', '\\|')

function paramTable(params) {
  const rows = Object.entries(params).map(
    ([name, param]) =>
      `| \`${name}\` | ${param.default === '' ? 'none' : `\`${param.default}\``} | ${rangeOf(param)} | ${inCell(param.meaning)} |`,
  )
  return rows.length === 0 ? ['None.'] : ['| name | default | range | meaning |', '|---|---|---|---|', ...rows]
}

function traits(detector) {
  const { id, columns, missing, learnsFrom, leastRows = 1 } = detector
  return [
    '| learns from | reads | missing values | rows, at least | as ONNX |',
    '|---|---|---|---|---|',
    `| ${LEARNS[learnsFrom]} | ${READS[columns]} | ${missing} | ${leastRows} | ${expressible.detectors.includes(id) ? 'yes' : 'no'} |`,
  ]
}

function excused({ exempt = {} }) {
  const reasons = Object.entries(exempt).map(([check, reason]) => `- \`${check}\`: ${reason}.`)
  const none = 'It keeps every promise of the [conformance suite](../../packages/detect/src/contracts/check-name.ts).'
  const some =
    'It keeps the promises of the [conformance suite](../../packages/detect/src/contracts/check-name.ts), but for:'
  return reasons.length === 0 ? [none] : [some, '', ...reasons]
}

function measuredOf(tables, id) {
  const rows = rowsOf(tables, id)
  const all =
    'Set by set, and how it was measured: [beside others of its kind](../../bench/results/table.md), [beside auto](../../bench/results/auto.md).'
  return rows.length === 0 ? ['Not yet measured beside others.'] : [...rows, all]
}

function pageOf(detector, tables) {
  const head = readHead(detector)
  const path = pathOf(detector)
  return `${[
    `<!-- Written by npm run docs out of ${path}: change that file, not this page. -->`,
    '',
    `# ${detector.id}`,
    '',
    head.what,
    '',
    ...traits(detector),
    '',
    '## When',
    '',
    head.use,
    '',
    head.not,
    '',
    '## How',
    '',
    ...head.notes.flatMap((note) => [note, '']),
    head.formula,
    '',
    `${head.cost} Here n is the number of rows that it is fitted on, d that of their columns.`,
    '',
    ...head.answers.flatMap((answer) => [answer, '']),
    `Source: [\`${detector.id}.ts\`](../../${path}). ${detector.reference.replace(/\.?$/, '.')}`,
    '',
    '## Parameters',
    '',
    ...paramTable(detector.params),
    '',
    '## Example',
    '',
    '```ts',
    exampleOf(detector, head),
    '```',
    '',
    '## Promises',
    '',
    ...excused(detector),
    '',
    '## Measured',
    '',
    ...measuredOf(tables, detector.id),
  ].join('\n')}\n`
}

/** On the sets that all are applicable on; else on those where it and its peer are, which are named. */
function meanOf(tables, id) {
  const onAll = cellOf(tables, id, 'mean ROC-AUC')
  if (onAll !== undefined) return onAll
  const onSome = cellOf(tables, id, 'ROC-AUC')
  return onSome === undefined ? '–' : `${onSome} (${cellOf(tables, id, 'sets')} sets)`
}

function overview(tables) {
  const rows = detectors.map((detector) => {
    const { id, columns, learnsFrom, missing } = detector
    const gaps = missing === 'accepts' ? ', also missing ones' : ''
    const roc = meanOf(tables, id)
    const cost = readHead(detector)
      .cost.replace(/^Cost: /, '')
      .replace(/\.$/, '')
    return `| [${id}](detectors/${id}.md) | ${LEARNS[learnsFrom]} | ${READS[columns]}${gaps} | ${inCell(cost)} | ${roc} |`
  })
  return ['| detector | learns from | reads | costs | mean ROC-AUC |', '|---|---|---|---|---|', ...rows].join('\n')
}

function choosing(tables) {
  const text = readFileSync(join(ROOT, CHOOSING), 'utf8')
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${CHOOSING} has no lines "${BEGIN}" and "${END}"`)
  return `${text.slice(0, from)}${BEGIN}\n\n${overview(tables)}\n\n${text.slice(to)}`
}

/** Path from the root → text, of every page. Throws where a file does not say what its page needs. */
export function detectorPages() {
  const tables = ['auto', 'table'].flatMap((name) =>
    readMeasured(readFileSync(join(ROOT, `bench/results/${name}.md`), 'utf8')),
  )
  const pages = detectors.map((detector) => [`docs/detectors/${detector.id}.md`, pageOf(detector, tables)])
  return new Map([...pages, [CHOOSING, choosing(tables)]])
}
