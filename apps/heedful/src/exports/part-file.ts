/**
 * The name of an unfinished file, its own for every process: two that write to one place at a time never write into each
 * other's. What a killed process left is taken away by the next one that writes there.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readlinkSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../errors.ts'

/** A process id means something on its own machine, and in its own namespace, only. */
function nameMachine(): string {
  let namespace = ''
  try {
    namespace = readlinkSync('/proc/self/ns/pid')
  } catch {
    // No Linux: the machine has one.
  }
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 8)
}

const machine = nameMachine()

/** `alerts.ndjson` → `alerts.ndjson.1f0c33aa-4711.part`. */
export const partOf = (place: string, pid = process.pid): string => `${place}.${machine}-${pid}.part`

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

function pidOf(name: string, place: string): number | undefined {
  const prefix = `${basename(place)}.${machine}-`
  const pid = name.startsWith(prefix) ? /^(\d{1,10})\.part$/.exec(name.slice(prefix.length))?.[1] : undefined
  return pid === undefined ? undefined : Number(pid)
}

/** Removes the unfinished files of `place` whose processes have ended. */
export function removeStaleParts(place: string): void {
  const folder = dirname(place)
  for (const name of readdirSync(folder)) {
    const pid = pidOf(name, place)
    if (pid !== undefined && !isAlive(pid)) rmSync(join(folder, name), { force: true })
  }
}
