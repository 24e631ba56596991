/** What is written never takes the place of what is read. */
import { statSync } from 'node:fs'
import { CommandError } from '../errors.ts'

function fileAt(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path)
    return `${dev} ${ino}`
  } catch {
    // Whoever opens it says so.
    return undefined
  }
}

/** @param inputs paths that the same command reads. Throws `usage-invalid` where one of them is the output, by whatever name. */
export function refuseInput(output: string, inputs: readonly (string | undefined)[]): void {
  const place = fileAt(output)
  const taken = place === undefined ? undefined : inputs.find((path) => path !== undefined && fileAt(path) === place)
  if (taken === undefined) return
  const what = `${output} is what this command reads: it would be overwritten`
  throw new CommandError('usage-invalid', what, 'name another file to write')
}
