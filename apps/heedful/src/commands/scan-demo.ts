/** `heedful scan-demo`: what a scan does, on an organisation that does not exist. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { ExitCode } from '../exit-codes.ts'
import { plural } from '../terminal/plural.ts'
import { runScan } from './scan.ts'
import { likenesses, writeSimulation } from './simulate.ts'
import type { Terminal } from './terminal.ts'

const ORGANISATION = { users: 60, days: 28, seed: 7, as: 'ecs', attacks: true } as const

export function scanDemoCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('scan-demo')
    .summary('simulate a small organisation, scan its log, show its alerts')
    .description('Simulates a small organisation with attacks in it into a temporary folder, and scans its log.')
    .action(async () => done(await runScanDemo(terminal)))
}

async function runScanDemo(terminal: Terminal): Promise<number> {
  const { users, days } = ORGANISATION
  const folder = mkdtempSync(join(tmpdir(), 'heedful-demo-'))
  terminal.out.write(`An organisation of ${users} people over ${days} days is simulated into ${folder}\n`)
  const { log, entries, campaigns, lookAlikes } = await writeSimulation(
    { ...ORGANISATION, out: folder },
    terminal.signal,
  )
  terminal.out.write(
    `${plural(entries, 'event')}, among them ${plural(campaigns, 'attack')} and ${likenesses(lookAlikes)}.\n` +
      'Heedful is told none of that; it reads the log alone.\n\n',
  )
  const code = await runScan([log], { format: 'auto', shards: 1, data: join(folder, 'data') }, terminal)
  if (code !== ExitCode.ok) return code
  terminal.out.write(
    `The truth stands in ${join(folder, 'campaigns.json')}\n\nYour own log:\n  ${terminal.typed} scan /var/log/auth.log*\n`,
  )
  return code
}
