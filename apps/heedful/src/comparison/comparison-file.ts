/** The report of a comparison as one HTML file; the page reads its data as `contract/comparison.ts` says. */
import { delongTest } from '@heedful/detect/metrics/delong'
import type { Plan, Refused, Result } from '../evaluate/evaluate-files.ts'
import { isMeasured, type Measured, whyNot } from '../evaluate/result-lines.ts'
import { outward } from '../exports/numbers.ts'
import { findReportPage } from '../page/find-page.ts'
import { embeddable, openGivenPage } from '../report/given-page.ts'
import { plainText } from '../terminal/plain-text.ts'
import { VERSION } from '../version.ts'
import { histogramOf, stepsOf } from './steps.ts'

interface Drawn {
  readonly result: Result
  readonly measured: Measured
  /** Everything of it that needs the scores, but the place of the best. */
  readonly outline: object
}

/** Detectors on one file, gathered while it is evaluated: their scores are needed until the best one is known. */
class FileGathering {
  private readonly drawn: Drawn[] = []

  add(result: Result, measured: Measured): void {
    const { scores, labels } = measured
    const { positives, negatives, steps, best } = stepsOf(scores, labels)
    const outline = {
      ...{ positives, negatives, best },
      steps: steps.map(({ threshold, truePositives, falsePositives }) => ({
        threshold: outward(threshold),
        true_positives: truePositives,
        false_positives: falsePositives,
      })),
      scores: histogramOf(scores, labels),
    }
    this.drawn.push({ result, measured, outline })
  }

  /** One object a detector. The same rows were scored by all of them, so that DeLong's test can be asked. */
  objects(file: number, placeOf: (detector: string) => number): object[] {
    const best = this.drawn.reduce((a, b) => (b.measured.rocAuc > a.measured.rocAuc ? b : a), this.drawn[0]!)
    return this.drawn.map(({ measured, outline }) => ({
      ...{ file, detector: placeOf(measured.detector) },
      roc_auc: outward(measured.rocAuc),
      average_precision: outward(measured.averagePrecision),
      fit_ms: outward(measured.fitMs),
      score_ms: outward(measured.scoreMs),
      rows_fitted: measured.fitted,
      prepared_by: measured.preparation,
      ...outline,
      p_beside_best:
        measured === best.measured
          ? null
          : outward(delongTest(best.measured.scores, measured.scores, measured.labels).pValue),
    }))
  }

  get isEmpty(): boolean {
    return this.drawn.length === 0
  }
}

export interface ComparisonFile {
  add(result: Result | Refused): void
  /** @param made ms UTC. @param stopped a person stopped it before its end */
  write(made: number, stopped: boolean): void
  abandon(): void
}

/** Opens the place of a report, before anything is measured. Throws `not-built` or `output-unwritable`. */
export function openComparison(path: string, plan: Plan, built = findReportPage('comparison') ?? ''): ComparisonFile {
  const page = openGivenPage(path, built)
  const detectors = plan.chosen.map(({ detector }) => detector.id)
  const placeOf = (id: string) => detectors.indexOf(id)
  const files: object[] = []
  const results: object[] = []
  const unmeasured: object[] = []
  let gathering = new FileGathering()
  let current = ''
  const finish = () => {
    if (!gathering.isEmpty) results.push(...gathering.objects(files.length - 1, placeOf))
    gathering = new FileGathering()
  }
  const addFile = (file: string, sizes: object) => {
    finish()
    current = file
    files.push({ name: plainText(file), rows: 0, columns: 0, anomalies: 0, ...sizes })
  }
  return {
    add(result) {
      if ('refusal' in result) {
        if (result.file !== current) addFile(result.file, {})
        const why = `${result.refusal.message} (${result.refusal.wayOut})`
        for (const detector of detectors.keys())
          unmeasured.push({ file: files.length - 1, detector, why: plainText(why) })
        return
      }
      const { file, rows, columns, anomalies, evaluation } = result
      if (file !== current) addFile(file, { rows, columns, anomalies })
      if (isMeasured(evaluation)) gathering.add(result, evaluation)
      else
        unmeasured.push({
          file: files.length - 1,
          detector: placeOf(evaluation.detector),
          why: plainText(whyNot(evaluation)),
        })
    },
    write(made, stopped) {
      finish()
      const { protocol, seed } = plan
      const head = { made: new Date(made).toISOString(), version: VERSION, protocol, seed, stopped }
      page.write([embeddable({ ...head, files, detectors, results, unmeasured })])
    },
    abandon: page.abandon,
  }
}
