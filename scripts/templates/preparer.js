/** A preparer that works: values beyond what most training rows have are moved to it. */
export function preparer({ name, camel }) {
  const folder = 'packages/detect/src/prepare'
  return {
    files: {
      [`${folder}/${name}.ts`]: `import { definePreparer } from '../contracts/define-preparer.ts'
import { real } from '../contracts/params.ts'
import { quantile, sortedCopy } from '../numerics/quantile.ts'
import { columnValues } from './column-values.ts'
import { openColumnwise } from './columnwise.ts'

const PARAMS = {
  beyond: real(0.01, 0, 0.5, 'share of the training values on each side that is moved'),
}

/** One a column; infinite where nothing is moved. */
type State = { least: Float64Array; most: Float64Array }

/**
 * Values beyond a low and a high quantile of the training rows are moved to it (winsorised). Missing values stay missing,
 * columns of categories pass through.
 *
 * @example \`prepared(${camel}, detector)\`
 */
export const ${camel} = definePreparer<typeof PARAMS, State>({
  id: '${name}',
  version: 1,
  summary: 'Moves values of number columns that lie far out to where most end.',
  reference: 'Dixon, "Simplified Estimation from Censored Normal Samples", Ann. Math. Statist. 1960',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fit(rows, _lesson, { beyond }) {
    const sorted = rows.columns.map(({ type }, column) =>
      sortedCopy(type === 'category' ? new Float64Array(0) : columnValues(rows, column)),
    )
    const at = (share: number, none: number) =>
      Float64Array.from(sorted, (values) => (values.length === 0 ? none : quantile(values, share)))
    return { least: at(beyond, Number.NEGATIVE_INFINITY), most: at(1 - beyond, Number.POSITIVE_INFINITY) }
  },
  open: ({ least, most }, inputs) => {
    const changes = inputs.map(({ type }, column) =>
      type === 'category' ? undefined : (value: number) => Math.min(Math.max(value, least[column]!), most[column]!),
    )
    return openColumnwise(inputs, changes, () => ({ least: least.slice(), most: most.slice() }))
  },
})
`,
    },
    registry: { path: `${folder}/registry.ts`, entry: camel, from: `./${name}.ts` },
    next: `Write the idea in ${folder}/${name}.ts, and cite where it comes from.
Check it: npx vitest run packages/detect/src/conformance/preparation.test.ts
Use it: heedful evaluate FILE --label COLUMN --prepare ${name}`,
  }
}
