/** One of our detectors and its peers on the same made-up rows, in turn, several times. */
import { createRandom, numberRows } from '@heedful/detect'

/** Three clusters of correlated normals, and 2 % of rows anywhere: what most detectors are made for. */
export function madeUpRows(count, columns) {
  const random = createRandom('bench table-speed').split(`${count} x ${columns}`)
  const centres = Array.from({ length: 3 }, () => Float64Array.from({ length: columns }, () => 4 * random.normal()))
  const data = new Float64Array(count * columns)
  const labels = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const anomaly = random.next() < 0.02
    const centre = centres[random.integer(3)]
    const shared = random.normal()
    labels[row] = anomaly ? 1 : 0
    for (let j = 0; j < columns; j++) {
      const usual = centre[j] + random.normal() + (j % 4 === 0 ? shared : 0)
      data[row * columns + j] = anomaly ? 24 * random.next() - 12 : usual
    }
  }
  return {
    rows: numberRows(
      Array.from({ length: columns }, (_, i) => `f${i}`),
      data,
    ),
    labels,
  }
}

const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(Math.floor(q * values.length), values.length - 1)]

/** `processor`: time of the processor in the place of the clock's, where others use the machine as well. */
function timesOf(said, processor) {
  if (said.obstacle !== undefined) return said
  const { mib, singleMs } = said
  const [fitMs, scoreMs] = processor ? [said.fitBusy, said.scoreBusy] : [said.fitMs, said.scoreMs]
  return { fitMs, scoreMs, mib, p50: quantile(singleMs, 0.5), p99: quantile(singleMs, 0.99) }
}

/** @returns {Promise<{pair: object, rows: number, rounds: object[][]} | undefined>} each round: ours, then each peer */
export async function measureSpeed({ pair, options, sides, scratch, stopped }) {
  const count = pair.quadratic ? options.quadraticRows : options.rows
  const { rows, labels } = madeUpRows(count, options.columns)
  const path = scratch.write(rows.data)
  const taught = pair.labels ? scratch.write(labels) : null
  const shared = {
    fit: path,
    score: path,
    labels: taught,
    columns: options.columns,
    single: options.single,
    timed: true,
  }
  const asks = [
    (seed, out) => sides.ours.ask({ ...shared, seed, detector: pair.id, params: pair.params, out }),
    ...pair.peers.map((peer) => (seed, out) => sides.peers.ask({ ...shared, seed, peer, out })),
  ]
  const rounds = []
  for (let round = 1; round <= options.rounds && !stopped(); round++) {
    const answers = new Array(asks.length)
    const order = [...asks.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const out = scratch.path()
      answers[i] = timesOf(await asks[i](round, out), options.processor)
      scratch.drop(out)
    }
    rounds.push(answers)
  }
  for (const one of [path, taught]) if (one !== null) scratch.drop(one)
  return rounds.length < options.rounds ? undefined : { pair, rows: count, rounds }
}
