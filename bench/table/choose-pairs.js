/** Our detectors by name, each with what stands beside it. */
import { pairOf } from './peers.js'

/** @param {string} names `a,b`; empty: all that read tables of numbers. Throws a sentence where one is unknown. */
export async function choosePairs(names) {
  const { detectors } = await import('@heedful/detect/detectors/registry')
  const able = detectors.filter(({ kind, columns }) => kind === 'table' && columns !== 'category').map(({ id }) => id)
  const wanted = names.split(',').filter((name) => name !== '')
  const unknown = wanted.find((name) => !able.includes(name))
  if (unknown !== undefined)
    throw new Error(`no detector of tables is called "${unknown}"; there are ${able.join(', ')}`)
  return (wanted.length === 0 ? able : wanted).map(pairOf)
}
