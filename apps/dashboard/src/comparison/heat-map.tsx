/** Detectors × files: how well each found what is labelled, as colour and number. A cell chooses what is shown below. */
import type { Comparison } from '../contract/comparison.ts'
import { heatOf, MEASURES, type Measure, meanOf, rankDetectors, resultAt, shortNames } from './figures.ts'

/** What is looked at. */
export interface Choice {
  file: number
  detector: number
}

interface HeatMapProps {
  comparison: Comparison
  measure: Measure
  onMeasure: (measure: Measure) => void
  chosen: Choice
  onChoose: (choice: Choice) => void
}

const heatStyle = (heat: number) => ({ '--heat': `${Math.round(50 * heat)}%` }) as React.CSSProperties

/** Guessing gives 0.5, and of average precision the share of anomalies. */
function chanceOf({ files }: Comparison, file: number, measure: Measure): number {
  const { anomalies = 0, rows = 1 } = files[file] ?? {}
  return measure === 'roc_auc' ? 0.5 : anomalies / rows
}

function Cell({ comparison, measure, chosen, onChoose, file, detector }: HeatMapProps & Choice) {
  const result = resultAt(comparison.results, file, detector)
  const why = comparison.unmeasured.find((one) => one.file === file && one.detector === detector)?.why
  if (result === undefined) {
    return (
      <td className="heat-none" title={why}>
        <abbr title={why ?? 'not measured'}>{why === undefined ? '–' : 'n/a'}</abbr>
      </td>
    )
  }
  const value = result[measure]
  const isChosen = chosen.file === file && chosen.detector === detector
  return (
    <td className="heat-cell" style={heatStyle(heatOf(value, chanceOf(comparison, file, measure)))}>
      <button type="button" aria-pressed={isChosen} onClick={() => onChoose({ file, detector })}>
        {value.toFixed(3)}
      </button>
    </td>
  )
}

export function HeatMap(props: HeatMapProps) {
  const { comparison, measure, onMeasure } = props
  const { files, detectors } = comparison
  const names = shortNames(files.map(({ name }) => name))
  return (
    <section className="panel" aria-labelledby="heat">
      <div className="panel-head">
        <h2 id="heat">Detectors and files</h2>
        <fieldset className="bare-fieldset">
          <legend className="hidden">Measure</legend>
          {MEASURES.map(([id, name]) => (
            <button
              key={id}
              type="button"
              className="button"
              aria-pressed={id === measure}
              onClick={() => onMeasure(id)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too */}
      <section className="table-box" tabIndex={0} aria-label="Heat map of detectors and files">
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">Detector, best mean first</th>
              <th scope="col">Mean</th>
              {files.map(({ name }, file) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none ever moves
                <th key={file} scope="col" className="heat-file" title={name}>
                  {names[file]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rankDetectors(comparison, measure).map((detector) => (
              <tr key={detector}>
                <th scope="row">{detectors[detector]}</th>
                <td className="number">{meanOf(comparison, detector, measure)?.toFixed(3) ?? '–'}</td>
                {files.map((_, file) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <Cell key={file} {...props} file={file} detector={detector} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="panel-note">
        {measure === 'roc_auc'
          ? 'The chance that an anomaly scores higher than a normal row; colour begins at 0.5, which is guessing.'
          : 'The mean precision while going down the list; colour begins at the share of anomalies, which is guessing.'}
      </p>
    </section>
  )
}
