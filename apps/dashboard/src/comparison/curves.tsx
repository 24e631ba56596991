/** All detectors on one file: their ROC and precision-recall curves, and the list that names the lines. */
import type { ComparedResult, Comparison } from '../contract/comparison.ts'
import { COLOURS, type Point, pathOf, precisionPoints, pText, ratesOf, rocPoints } from './figures.ts'

interface CurvesProps {
  comparison: Comparison
  /** Of one file, the best first. */
  results: readonly ComparedResult[]
  chosen: ComparedResult
  /** The step of the chosen one that is looked at. */
  step: number
  onDetector: (detector: number) => void
}

const TICKS = [0, 0.5, 1]

interface PlotProps {
  title: string
  x: string
  y: string
  lines: readonly { id: number; points: readonly Point[]; className: string }[]
  mark: Point
  guess: readonly Point[]
  said: string
}

function Plot({ title, x, y, lines, mark, guess, said }: PlotProps) {
  return (
    <figure className="plot">
      <figcaption>{title}</figcaption>
      <svg viewBox="-12 -4 118 120" role="img" aria-label={said}>
        {TICKS.map((tick) => (
          <g key={tick} className="plot-tick">
            <line x1="0" x2="100" y1={100 * tick} y2={100 * tick} />
            <line y1="0" y2="100" x1={100 * tick} x2={100 * tick} />
            <text x={100 * tick} y="107" textAnchor="middle">
              {tick}
            </text>
            <text x="-2" y={100 * (1 - tick) + 1.5} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        <path className="plot-guess" d={pathOf(guess)} />
        {lines.map(({ id, points, className }) => (
          <path key={id} className={`plot-line ${className}`} d={pathOf(points)} />
        ))}
        <circle className="plot-mark" cx={100 * mark[0]} cy={100 * (1 - mark[1])} r="1.8" />
        <text className="plot-axis" x="50" y="114" textAnchor="middle">
          {x}
        </text>
        <text className="plot-axis" transform="translate(-9 50) rotate(-90)" textAnchor="middle">
          {y}
        </text>
      </svg>
    </figure>
  )
}

/** The chosen line is drawn last, over the others. */
function ordered(results: readonly ComparedResult[], chosen: ComparedResult) {
  return results
    .map((result, rank) => ({ result, className: result === chosen ? `line-${rank} is-chosen` : `line-${rank}` }))
    .map((one, rank) => (rank < COLOURS || one.result === chosen ? one : { ...one, className: 'line-other' }))
    .sort((a, b) => Number(a.result === chosen) - Number(b.result === chosen))
}

export function Curves({ comparison, results, chosen, step, onDetector }: CurvesProps) {
  const rates = ratesOf(chosen.steps[step] as ComparedResult['steps'][number], chosen)
  const share = chosen.positives / (chosen.positives + chosen.negatives)
  const drawn = ordered(results, chosen)
  const nameOf = ({ detector }: ComparedResult) => comparison.detectors[detector] ?? ''
  const linesOf = (points: (result: ComparedResult) => Point[]) =>
    drawn.map(({ result, className }) => ({ id: result.detector, points: points(result), className }))
  const best = results[0] as ComparedResult
  return (
    <section className="panel" aria-labelledby="curves">
      <div className="panel-head">
        <h2 id="curves">Curves of {comparison.files[chosen.file]?.name}</h2>
        <span className="quiet small">thick: {nameOf(chosen)}; the point is the threshold below</span>
      </div>
      <div className="curves">
        <Plot
          title="ROC"
          x="Share of normal rows alerted on"
          y="Share of anomalies found"
          lines={linesOf(rocPoints)}
          mark={[rates.falsePositiveRate, rates.recall]}
          guess={[
            [0, 0],
            [1, 1],
          ]}
          said={`ROC curves of ${results.length} detectors; best: ${nameOf(best)} with area ${best.roc_auc.toFixed(3)}`}
        />
        <Plot
          title="Precision and recall"
          x="Recall: share of anomalies found"
          y="Precision: share of alerts that are right"
          lines={linesOf(precisionPoints)}
          mark={[rates.recall, rates.precision]}
          guess={[
            [0, share],
            [1, share],
          ]}
          said={`Precision-recall curves of ${results.length} detectors; ${nameOf(chosen)} has average precision ${chosen.average_precision.toFixed(3)}`}
        />
        <ol className="legend">
          {results.map((result, rank) => (
            <li key={result.detector}>
              <button
                type="button"
                className="legend-item"
                aria-pressed={result === chosen}
                onClick={() => onDetector(result.detector)}
              >
                <span className={`swatch ${rank < COLOURS ? `line-${rank}` : 'line-other'}`} />
                <span className="legend-name">{nameOf(result)}</span>
                <span className="number">{result.roc_auc.toFixed(3)}</span>
                <span className="quiet small legend-p">
                  {result.p_beside_best === null ? 'best' : pText(result.p_beside_best)}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      <p className="panel-note">
        By ROC-AUC. p: how likely so large a difference to the best one is by the chance of these rows alone (DeLong’s
        test).
      </p>
    </section>
  )
}
