/** How the command ends, as a shell sees it. Stable: scripts rely on it. `heedful --help` lists them. */
export const ExitCode = {
  ok: 0,
  /** A mistake of ours. */
  internal: 1,
  /** The command line is not understood. */
  usage: 2,
  /** A file that was named cannot be read, or is in no format that is known. */
  input: 3,
  /** The data folder is in use, damaged, foreign, of another version, too full to go on, or not writable. */
  dataFolder: 4,
  /** An output file cannot be written. */
  output: 5,
  /** Stopped by Ctrl-C (128 + SIGINT). What was done until then is kept. */
  interrupted: 130,
  /** Stopped by SIGTERM (128 + 15). What was done until then is kept. */
  terminated: 143,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
