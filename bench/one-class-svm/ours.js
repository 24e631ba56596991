/** Our one-class machine: its objective, ρ and decision values. */
import { numberRows } from '@heedful/detect'
import { oneClassSvm } from '@heedful/detect/detectors/table/one-class-svm'

/** @param params ours. @returns {{fitMs, objective, rho, vectors, decisions}} decisions as LIBSVM gives them: higher is more ordinary */
export function fitOurs(data, columns, params) {
  const names = Array.from({ length: columns }, (_, i) => `f${i}`)
  const rows = numberRows(names, data)
  const begun = performance.now()
  const model = oneClassSvm.fitNow(rows, { params: { ...params, standardise: false } })
  const fitMs = performance.now() - begun
  const { rho, alpha, vectors } = model.save().state
  const sums = model.score(numberRows(names, vectors)).map((score) => rho - score)
  const objective = alpha.reduce((sum, one, i) => sum + (one * sums[i]) / 2, 0)
  const decisions = model.score(rows).map((score) => -score)
  model.close()
  return { fitMs, objective, rho, vectors: alpha.length, decisions }
}
