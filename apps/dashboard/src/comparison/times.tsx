/** How long each detector took on one file, on a scale of powers of ten. */
import type { ComparedResult, Comparison } from '../contract/comparison.ts'
import { whole } from '../words/numbers.ts'
import { timeText } from './figures.ts'

const LEAST = 0.01

function Bar({ ms, most, className }: { ms: number; most: number; className: string }) {
  const share = Math.log(Math.max(ms, LEAST) / LEAST) / Math.log(Math.max(most, 10 * LEAST) / LEAST)
  return (
    <span className="time">
      <span className="time-track">
        <span className={`bar-fill ${className}`} style={{ width: `${Math.max(1, 100 * share)}%` }} />
      </span>
      <span className="number">{timeText(ms)}</span>
    </span>
  )
}

export function Times({ comparison, results }: { comparison: Comparison; results: readonly ComparedResult[] }) {
  const most = Math.max(...results.flatMap(({ fit_ms, score_ms }) => [fit_ms, score_ms]))
  const file = comparison.files[results[0]?.file ?? 0]
  return (
    <section className="panel" aria-labelledby="times">
      <div className="panel-head">
        <h2 id="times">Times</h2>
        <span className="quiet small">
          {file?.name}: {whole(file?.rows ?? 0)} rows, {whole(file?.columns ?? 0)} columns; each step of the scale is
          ten times as long
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too */}
      <section className="table-box" tabIndex={0} aria-label="Table of times">
        <table>
          <thead>
            <tr>
              <th scope="col">Detector</th>
              <th scope="col">Fit</th>
              <th scope="col">Score</th>
              <th scope="col">Prepared by</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <tr key={result.detector}>
                <td>{comparison.detectors[result.detector]}</td>
                <td>
                  <Bar ms={result.fit_ms} most={most} className="is-fit" />
                </td>
                <td>
                  <Bar ms={result.score_ms} most={most} className="is-score" />
                </td>
                <td className="quiet">{result.prepared_by.join(', ') || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
