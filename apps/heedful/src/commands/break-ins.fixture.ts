/** A log with attacks that nobody's tuning may miss, so that tests of the command never depend on how keen detection is. */
import { readFileSync, writeFileSync } from 'node:fs'
import { writeSimulation } from './simulate.ts'

const timeOf = (line: string) => Date.parse(`2026 ${line.slice(0, 15)} UTC`)

/** Passwords guessed at night until one fits, for four people on two days. */
function breakIns(calm: readonly string[]): string[] {
  const names = [...new Set(calm.flatMap((line) => / Accepted \S+ for (\S+) from/.exec(line)?.[1] ?? []))].slice(0, 4)
  return names.flatMap((name, which) => {
    const stamp = (second: number) =>
      `Mar  ${4 + (which >> 1)} 0${2 + which}:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`
    const from = `from 203.0.113.${which + 7} port 4${which}000 ssh2`
    const failures = Array.from(
      { length: 400 },
      (_, i) => `${stamp(i)} files-01 sshd[${70_000 + which * 1000 + i}]: Failed password for ${name} ${from}`,
    )
    return [...failures, `${stamp(401)} files-01 sshd[${79_000 + which}]: Accepted password for ${name} ${from}`]
  })
}

/** Writes an auth log of 2026 into the folder. Gives its path and its lines. */
export async function writeBreakIns(folder: string, users: number): Promise<{ log: string; lines: string[] }> {
  const { log } = await writeSimulation({ out: folder, users, days: 12, seed: 3, as: 'authlog', attacks: false })
  const calm = readFileSync(log, 'utf8').trimEnd().split('\n')
  const lines = [...calm, ...breakIns(calm)].sort((a, b) => timeOf(a) - timeOf(b))
  writeFileSync(log, `${lines.join('\n')}\n`)
  return { log, lines }
}
