/** Evaluates files and prints each result as it is ready. */
import type { Terminal } from '../commands/terminal.ts'
import { Interrupted } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { openProgress } from '../terminal/progress.ts'
import { evaluateFiles, type Plan, type Refused, type Result } from './evaluate-files.ts'
import { jsonLines, refusalText, tableLines } from './result-lines.ts'

/** @param onResult also told each result. @returns the exit code; what was printed until a Ctrl-C is whole */
export async function tellResults(
  plan: Plan,
  json: boolean,
  { out, err, signal }: Terminal,
  onResult: (result: Result | Refused) => void = () => {},
): Promise<number> {
  const ids = plan.chosen.map(({ detector }) => detector.id)
  const lines = json ? jsonLines(plan) : tableLines(plan.files, ids)
  const progress = openProgress(err, false)
  let [code, told]: [number, number] = [ExitCode.ok, 0]
  try {
    for await (const result of evaluateFiles(plan, signal, progress)) {
      progress.end()
      onResult(result)
      if ('refusal' in result) {
        code = result.refusal.exit
        err.write(refusalText(result.refusal))
        if (!json) continue
      } else if ('failure' in result.evaluation) code ||= ExitCode.internal
      if (told++ === 0) out.write(lines.head)
      out.write(lines.line(result))
    }
    return code
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    progress.end()
    err.write(`Stopped. ${told === 0 ? 'Nothing was measured yet.' : 'The lines above are whole.'}\n`)
    return ExitCode.interrupted
  } finally {
    progress.end()
  }
}
