/** Stable names of everything that this library refuses. A code never changes its meaning; messages may be reworded. */
export type ErrorCode =
  | 'rows-shape'
  | 'column-missing'
  | 'column-repeated'
  | 'column-type'
  | 'category-invalid'
  | 'value-missing'
  | 'value-not-finite'
  | 'rows-too-few'
  | 'split-impossible'
  | 'lesson-shape'
  | 'lesson-value'
  | 'trust-invalid'
  | 'option-unknown'
  | 'param-unknown'
  | 'param-type'
  | 'param-range'
  | 'detector-invalid'
  | 'detector-unknown'
  | 'fit-takes-time'
  | 'fit-aborted'
  | 'fit-impossible'
  | 'memory-exceeded'
  | 'model-frozen'
  | 'model-closed'
  | 'model-foreign'
  | 'model-version'
  | 'model-damaged'
  | 'onnx-impossible'
  | 'plain-unsupported'
  | 'plain-too-deep'
  | 'codec-foreign'
  | 'codec-version'
  | 'codec-damaged'
  | 'codec-too-large'
  | 'score-not-finite'
  | 'kernel-unavailable'
  | 'port-answer'
  | 'promise-broken'

/** An error that names the place and the way out, with a stable `code`. */
export class HeedfulError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string) {
    super(message)
    this.name = 'HeedfulError'
    this.code = code
  }
}
