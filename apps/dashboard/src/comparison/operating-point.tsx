/** One detector on one file: where its scores lie, and what a threshold makes of them. */
import type { ComparedResult, Histogram, Step } from '../contract/comparison.ts'
import { percent, whole } from '../words/numbers.ts'
import { ratesOf } from './figures.ts'

interface OperatingPointProps {
  name: string
  result: ComparedResult
  step: number
  onStep: (step: number) => void
}

const HEIGHT = 60

/** Shares of their own kind, so that few anomalies are seen beside many normal rows. */
function bars(counts: readonly number[], top: number, className: string) {
  const all = counts.reduce((sum, count) => sum + count, 0)
  const width = 100 / counts.length
  return counts.map((count, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: places, not things
    <rect key={i} className={className} x={i * width} width={width} {...heightOf(all === 0 ? 0 : count / all / top)} />
  ))
}

const heightOf = (share: number) => ({ y: HEIGHT * (1 - share), height: HEIGHT * share })

function topOf({ normal, anomalous }: Histogram): number {
  const highest = (counts: readonly number[]) =>
    Math.max(...counts) /
    Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    )
  return Math.max(highest(normal), highest(anomalous), 1e-9)
}

function Distribution({ result, threshold }: { result: ComparedResult; threshold: number | null }) {
  const { scores } = result
  const top = topOf(scores)
  const at = threshold === null ? 1 : (threshold - scores.from) / Math.max(scores.to - scores.from, 1e-300)
  const place = 100 * Math.max(0, Math.min(1, at))
  return (
    <figure className="distribution">
      <figcaption>
        <span className="swatch is-normal" /> normal rows <span className="swatch is-anomalous" /> anomalies, each as
        shares of their own
      </figcaption>
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Distribution of the scores of normal rows and anomalies"
      >
        {bars(scores.normal, top, 'is-normal')}
        {bars(scores.anomalous, top, 'is-anomalous')}
        <line className="threshold" x1={place} x2={place} y1="0" y2={HEIGHT} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="distribution-ends number quiet small">
        <span>{Number(scores.from.toPrecision(3))}</span>
        <span>score</span>
        <span>{Number(scores.to.toPrecision(3))}</span>
      </div>
    </figure>
  )
}

function Confusion({ step, result }: { step: Step; result: ComparedResult }) {
  const { true_positives: hits, false_positives: alarms } = step
  return (
    <table className="confusion">
      <caption className="hidden">Confusion matrix at the chosen threshold</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Alerted on</th>
          <th scope="col">Passed over</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Anomalies</th>
          <td className="right number">{whole(hits)}</td>
          <td className="wrong number">{whole(result.positives - hits)}</td>
        </tr>
        <tr>
          <th scope="row">Normal rows</th>
          <td className="wrong number">{whole(alarms)}</td>
          <td className="right number">{whole(result.negatives - alarms)}</td>
        </tr>
      </tbody>
    </table>
  )
}

export function OperatingPoint({ name, result, step, onStep }: OperatingPointProps) {
  const at = result.steps[step] as Step
  const rates = ratesOf(at, result)
  // To the right the threshold rises, as the scores above it do.
  const last = result.steps.length - 1
  const said = at.threshold === null ? 'no alert' : `score from ${Number(at.threshold.toPrecision(4))}`
  return (
    <section className="panel" aria-labelledby="threshold">
      <div className="panel-head">
        <h2 id="threshold">Scores and threshold of {name}</h2>
        <button type="button" className="button" onClick={() => onStep(result.best)}>
          Best F1
        </button>
      </div>
      <div className="operating">
        <div>
          <Distribution result={result} threshold={at.threshold} />
          <label className="slider">
            <span>
              Threshold: <strong className="number">{said}</strong>
            </span>
            <input
              type="range"
              min={0}
              max={last}
              value={last - step}
              aria-valuetext={`${said}: ${whole(rates.alerts)} alerts, precision ${percent(rates.precision)}, recall ${percent(rates.recall)}`}
              onChange={(event) => onStep(last - Number(event.currentTarget.value))}
            />
          </label>
        </div>
        <div>
          <Confusion step={at} result={result} />
          <dl className="rates">
            {(
              [
                ['Precision', percent(rates.precision)],
                ['Recall', percent(rates.recall)],
                ['F1', rates.f1.toFixed(3)],
                ['Alerts', whole(rates.alerts)],
              ] as const
            ).map(([term, value]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd className="number">{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
      <p className="panel-note">
        The threshold with the best F1 was chosen by looking at the labels: what a threshold chosen beforehand reaches
        is less.
      </p>
    </section>
  )
}
