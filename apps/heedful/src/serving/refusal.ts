/** Why something is not taken in: a stable code, what is wrong, the way out, and how it is answered over HTTP. */
export interface RefusalOptions {
  /** HTTP status. */
  status: number
  wayOut: string
  /** Seconds after which it is worth trying again. */
  retryAfter?: number
  cause?: unknown
}

export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly wayOut: string
  readonly retryAfter: number | undefined

  constructor(code: string, message: string, { status, wayOut, retryAfter, cause }: RefusalOptions) {
    super(message, { cause })
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.wayOut = wayOut
    this.retryAfter = retryAfter
  }
}

export const stopping = () =>
  new Refusal('stopping', 'the server is stopping', {
    status: 503,
    wayOut: 'send it again after a moment',
    retryAfter: 5,
  })
