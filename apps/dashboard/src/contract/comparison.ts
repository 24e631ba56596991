/** What the report of a comparison brings along. Written by `heedful compare --report`. */

export interface ComparedFile {
  name: string
  rows: number
  columns: number
  anomalies: number
}

/** Decisions at one threshold: what scores at least so much is called an anomaly. */
export interface Step {
  /** null where nothing is called one. */
  threshold: number | null
  true_positives: number
  false_positives: number
}

export interface Histogram {
  /** The lower end of the first bin and the upper end of the last; what lies beyond is counted in these. */
  from: number
  to: number
  normal: number[]
  anomalous: number[]
}

export interface ComparedResult {
  /** Its place in the lists. */
  file: number
  detector: number
  roc_auc: number
  average_precision: number
  fit_ms: number
  score_ms: number
  rows_fitted: number
  /** Labelled rows that were scored. */
  positives: number
  negatives: number
  prepared_by: string[]
  /** From the strictest threshold to the widest. */
  steps: Step[]
  /** The step with the highest F1. */
  best: number
  scores: Histogram
  /** How likely so large a difference of ROC-AUC to the best detector on this file is by chance (DeLong); null for the best. */
  p_beside_best: number | null
}

export interface Unmeasured {
  file: number
  detector: number
  why: string
}

export interface Comparison {
  /** When it was written. */
  made: string
  /** Of Heedful. */
  version: string
  protocol: string
  seed: number
  files: ComparedFile[]
  detectors: string[]
  results: ComparedResult[]
  unmeasured: Unmeasured[]
  /** A person stopped it before its end. */
  stopped: boolean
}
