import { definePreparer } from '../contracts/define-preparer.ts'
import { openColumnwise } from './columnwise.ts'

/** sign(x) · ln(1 + |x|), exact also near 0. */
function logarithmOf(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value))
}

/**
 * sign(x) · ln(1 + |x|): bytes, counts and amounts, whose sizes differ by factors, become sizes that differ by steps. It is
 * x near 0, defined for negative values too, and learns nothing. Missing values stay missing, columns of categories pass
 * through.
 *
 * @example `prepared(signedLogarithm, detector)`
 */
export const signedLogarithm = definePreparer<Record<never, never>, null>({
  id: 'signed-logarithm',
  version: 1,
  summary: 'Takes the logarithm of number columns, with their sign.',
  reference: 'Webber, "A bi-symmetric log transformation for wide-range data", Meas. Sci. Technol. 2013',
  params: {},
  columns: 'any',
  missing: 'accepts',
  fit: () => null,
  open: (_state, inputs) => {
    const changes = inputs.map(({ type }) => (type === 'category' ? undefined : logarithmOf))
    return openColumnwise(inputs, changes, () => null)
  },
})
