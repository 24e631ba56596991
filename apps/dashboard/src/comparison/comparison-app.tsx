/** The report of a comparison: the map of all results; then one file and one detector of it in full. */
import { useState } from 'react'
import type { ComparedResult, Comparison } from '../contract/comparison.ts'
import { ThemeButton } from '../shell/tools.tsx'
import mark from '../styles/mark.svg'
import { count } from '../words/numbers.ts'
import { Curves } from './curves.tsx'
import { type Measure, resultAt } from './figures.ts'
import { type Choice, HeatMap } from './heat-map.tsx'
import { OperatingPoint } from './operating-point.tsx'
import { Times } from './times.tsx'
import '../shell/shell.css'
import './comparison.css'

const byArea = (a: ComparedResult, b: ComparedResult) => b.roc_auc - a.roc_auc || a.detector - b.detector

/** The best detector of the first file that has any. */
function firstChoice({ results }: Comparison): Choice {
  const file = Math.min(...results.map((result) => result.file))
  const best = results.filter((result) => result.file === file).sort(byArea)[0]
  return { file, detector: best?.detector ?? 0 }
}

function Detail({
  comparison,
  chosen,
  onChoose,
}: {
  comparison: Comparison
  chosen: ComparedResult
  onChoose: (choice: Choice) => void
}) {
  const [step, setStep] = useState(chosen.best)
  const results = comparison.results.filter(({ file }) => file === chosen.file).sort(byArea)
  return (
    <>
      <Curves
        {...{ comparison, results, chosen, step }}
        onDetector={(detector) => onChoose({ file: chosen.file, detector })}
      />
      <OperatingPoint
        name={`${comparison.detectors[chosen.detector]} on ${comparison.files[chosen.file]?.name}`}
        result={chosen}
        step={step}
        onStep={setStep}
      />
      <Times comparison={comparison} results={results} />
    </>
  )
}

function Unmeasured({ comparison: { unmeasured, files, detectors } }: { comparison: Comparison }) {
  if (unmeasured.length === 0) return null
  return (
    <section className="panel" aria-labelledby="unmeasured">
      <h2 id="unmeasured">Not measured</h2>
      <ul className="unmeasured small">
        {unmeasured.map(({ file, detector, why }) => (
          <li key={`${file} ${detector}`}>
            <strong>{detectors[detector]}</strong> on {files[file]?.name}: {why}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function ComparisonApp({ comparison }: { comparison: Comparison }) {
  const { files, detectors, results, protocol, seed, made, version, stopped } = comparison
  const [measure, setMeasure] = useState<Measure>('roc_auc')
  const [choice, setChoice] = useState(() => firstChoice(comparison))
  const chosen = resultAt(results, choice.file, choice.detector)
  return (
    <>
      <header className="top">
        <span className="brand">
          <img src={mark} width="24" height="24" alt="" />
          Heedful
        </span>
        <div className="tools">
          <ThemeButton />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="comparison">
        <div>
          <h1>
            {count(detectors.length, 'detector')} on {count(files.length, 'file')}
          </h1>
          <p className="quiet small">
            Protocol {protocol}, seed {seed}; written {made.slice(0, 16).replace('T', ' ')} UTC by Heedful {version}.
            {stopped && ' Stopped before its end: this is what there was until then.'}
          </p>
        </div>
        <HeatMap {...{ comparison, measure }} chosen={choice} onMeasure={setMeasure} onChoose={setChoice} />
        {chosen !== undefined && (
          <Detail key={`${choice.file} ${choice.detector}`} {...{ comparison, chosen }} onChoose={setChoice} />
        )}
        <Unmeasured comparison={comparison} />
      </main>
    </>
  )
}
