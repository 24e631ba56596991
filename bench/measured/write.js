/** Results for the record: bench/results/NAME.md, with the machine, the versions and the date. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RESULTS = fileURLToPath(new URL('../results', import.meta.url))

function commit() {
  try {
    const id = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
    const changed = execFileSync('git', ['status', '--porcelain', '--untracked-files=no', 'packages', 'apps'], {
      encoding: 'utf8',
    }).trim()
    return changed === '' ? id : `${id} with changes`
  } catch {
    return 'unknown'
  }
}

export function describeMachine() {
  const [cpu] = cpus()
  return `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.versions.node}, ${process.platform} ${process.arch}; commit ${commit()}; ${new Date().toISOString().slice(0, 10)}`
}

/** Writes one result and says where. */
export function writeResult(name, title, command, body) {
  mkdirSync(RESULTS, { recursive: true })
  const path = join(RESULTS, `${name}.md`)
  writeFileSync(path, `# ${title}\n\n\`${command}\` on ${describeMachine()}.\n\n${body.trimEnd()}\n`)
  console.error(`written to ${path}`)
}
