/** The part of cli-progress 3.12 that is used here: the package carries no types. */
declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: {
      format: string
      stream?: NodeJS.WritableStream
      hideCursor?: boolean
      clearOnComplete?: boolean
      fps?: number
      barsize?: number
      etaBuffer?: number
    })
    start(total: number, value: number, payload?: Record<string, unknown>): void
    update(value: number, payload?: Record<string, unknown>): void
    stop(): void
  }
}
