/** Where a command writes, and what stops it. Handed in, so that tests run commands in their own process. */
export interface Terminal {
  out: NodeJS.WriteStream
  err: NodeJS.WriteStream
  in: NodeJS.ReadableStream
  signal: AbortSignal
  /** What a person types to run this program, for the lines that it suggests: `heedful`, `npx heedful`, `npm start --`. */
  typed: string
  /** ms UTC */
  now(): number
}

/** Columns of the terminal; 80 where the output goes elsewhere. */
export const widthOf = (stream: NodeJS.WriteStream): number => (stream.isTTY ? (stream.columns ?? 80) : 80)
