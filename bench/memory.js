/**
 * A large organisation: memory of up to a million people with two addresses each, its snapshots, and a restart from them.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeResult } from './measured/write.js'

const HELP = `npm run bench -- memory [options]
  --users 10000,30000,100000,300000,1000000
                      so many people, each count in processes of its own
  --days 5            days that each of them logs in on, once a day from one of two addresses
  --after 20000       events after the restart, judged with and without it
  --folder PATH       where the data folders are made (default the system's folder for temporary files)
  --write             keep the report in bench/results/memory.md`

const OPTIONS = {
  users: { type: 'string', default: '10000,30000,100000,300000,1000000' },
  days: { type: 'string', default: '5' },
  after: { type: 'string', default: '20000' },
  folder: { type: 'string', default: tmpdir() },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
}

const MIB = 2 ** 20
const PART = fileURLToPath(new URL('./memory/part.js', import.meta.url))

/** One part in a process of its own: the heap of one is no heap of the other. */
function runPart(job) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', PART, JSON.stringify(job)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let found
    child.on('message', (message) => {
      found = message
    })
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      found === undefined ? reject(new Error(`${job.part} ended with ${code ?? signal}`)) : resolve(found),
    )
  })
}

async function measure(users, { days, after, folder: root }) {
  const folder = mkdtempSync(join(root, 'heedful-memory-'))
  const job = { folder, users, days: Number(days), after: Number(after) }
  try {
    const filled = await runPart({ ...job, part: 'fill' })
    const restarted = await runPart({ ...job, part: 'restart' })
    if (restarted.sha256 !== filled.sha256) process.exitCode = 1
    return { users, filled, restarted }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const mib = (bytes) => (bytes / MIB).toFixed(0)

const ROWS = [
  ['events', ({ filled }) => filled.events],
  ['events a second, with everything kept', ({ filled }) => (filled.events / filled.seconds).toFixed(0)],
  ['remembered: users', ({ filled }) => filled.summary.users],
  ['addresses', ({ filled }) => filled.summary.addresses],
  ['resident memory, highest, MiB', ({ filled }) => mib(filled.peak), '3072'],
  ['at the end, MiB', ({ filled }) => mib(filled.resident), '3072'],
  ['of it JavaScript heap, MiB', ({ filled }) => mib(filled.heap)],
  ['outside of it, MiB', ({ filled }) => mib(filled.external)],
  ['resident bytes a user', ({ users, filled }) => (filled.resident / users).toFixed(0)],
  ['data folder without the log, MiB', ({ filled }) => mib(filled.folderBytes)],
  ['snapshots taken', ({ filled }) => filled.snapshots],
  ['bytes written by a snapshot, median, MiB', ({ filled }) => (filled.writtenMedian / MIB).toFixed(1)],
  ['by the largest, MiB', ({ filled }) => (filled.writtenMost / MIB).toFixed(1)],
  ['a snapshot, until it is durable, s: median', ({ filled }) => (filled.tookMedian / 1000).toFixed(2)],
  ['the longest', ({ filled }) => (filled.tookMost / 1000).toFixed(2)],
  ['judging waited for it, ms: median', ({ filled }) => filled.pausedMedian.toFixed(0)],
  ['the longest', ({ filled }) => filled.pausedMost.toFixed(0)],
  ['longest gap of the event loop during snapshots, ms', ({ filled }) => filled.during.clock.toFixed(0), '50'],
  ['longest work without a turn then, ms of processor', ({ filled }) => filled.during.work.toFixed(0), '50'],
  ['longest gap at other times, ms', ({ filled }) => filled.between.clock.toFixed(0)],
  ['longest work then, ms of processor', ({ filled }) => filled.between.work.toFixed(0)],
  ['restart: folder opened until ready to judge, s', ({ restarted }) => restarted.seconds.toFixed(2), '30'],
  ['resident memory then, MiB', ({ restarted }) => mib(restarted.resident)],
  [
    'the same verdicts after the restart as without',
    ({ filled, restarted }) => (filled.sha256 === restarted.sha256 ? 'yes' : 'NO'),
    'yes',
  ],
]

function report(found) {
  const counts = found.map(({ users }) => users)
  return [
    'Each person logs in once a day, by turns from one of two addresses; one log-in in fifty fails first.',
    'A folder of a real store, its memory and snapshots; the log itself is not written, as nothing of this depends on it.',
    '',
    `| users | ${counts.join(' | ')} | aim |`,
    `|---|${counts.map(() => '---:').join('|')}|---:|`,
    ...ROWS.map(([name, read, aim = '']) => `| ${name} | ${found.map(read).join(' | ')} | ${aim} |`),
  ].join('\n')
}

export async function main(words) {
  const { values } = parseArgs({ args: words, options: OPTIONS })
  if (values.help) return console.log(HELP)
  const found = []
  for (const users of values.users.split(',').map(Number)) {
    found.push(await measure(users, values))
    console.error(report(found.slice(-1)))
  }
  const body = report(found)
  console.log(body)
  if (values.write) writeResult('memory', 'A large organisation', `npm run bench -- memory ${words.join(' ')}`, body)
}
