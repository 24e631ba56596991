/**
 * Repeatable: two scans of one file, other cuts of it, and 1, 2 and 4 shards give the same bytes.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { labelledLog } from './attacks/rulers.js'
import { writeResult } from './measured/write.js'
import { runHeedful } from './stream/scans.js'

const HELP = `npm run bench -- repeatable [options]
  --ruler first --users 300 --days 42 --seed 1
  --write   keep the report in bench/results/repeatable.md`

const DATA = fileURLToPath(new URL('./.data', import.meta.url))
const digest = (path) =>
  existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16) : 'missing'

/** The log cut after the given shares of its lines, each piece a file; every second one packed. */
function cut(lines, shares, folder) {
  const at = [0, ...shares.map((share) => Math.floor(share * lines.length)), lines.length]
  return at.slice(1).map((end, i) => {
    const text = `${lines.slice(at[i], end).join('\n')}\n`
    const path = join(folder, `piece-${i}.ndjson${i % 2 ? '.gz' : ''}`)
    writeFileSync(path, i % 2 ? gzipSync(text) : text)
    return path
  })
}

async function scanTo(folder, name, args) {
  const [alerts, scores] = [join(folder, `${name}.ndjson`), join(folder, `${name}.csv`)]
  const { code, text } = await runHeedful([
    ...args,
    '--alerts',
    alerts,
    ...(args[0] === 'replay' ? [] : ['--scores', scores]),
  ])
  if (code !== 0) throw new Error(`${name}: heedful ended with ${code}\n${text.slice(-1500)}`)
  return {
    name,
    alerts: digest(alerts),
    scores: args[0] === 'replay' ? '' : digest(scores),
    count: readFileSync(alerts, 'utf8').split('\n').length - 1,
  }
}

export async function main(words) {
  const text = (value) => ({ type: 'string', default: value })
  const { values } = parseArgs({
    args: words,
    options: {
      ruler: text('first'),
      users: text('300'),
      days: text('42'),
      seed: text('1'),
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(HELP)
  const { lines } = await labelledLog({
    ruler: values.ruler,
    seed: Number(values.seed),
    users: Number(values.users),
    days: Number(values.days),
  })
  mkdirSync(DATA, { recursive: true })
  const folder = mkdtempSync(join(DATA, 'repeatable-'))
  try {
    const whole = cut(lines, [], folder)
    const pieces = cut(lines, [0.13, 0.5, 0.77], mkdtempSync(join(folder, 'cut-')))
    const kept = join(folder, 'kept')
    const warm = ['--warmup', '14d']
    const runs = [
      ['one file', ['scan', ...whole, ...warm]],
      ['the same again', ['scan', ...whole, ...warm]],
      ['four pieces, listed backwards, two packed', ['scan', ...[...pieces].reverse(), ...warm]],
      ['two shards', ['scan', ...whole, ...warm, '--shards', '2']],
      ['four shards', ['scan', ...whole, ...warm, '--shards', '4']],
      ['kept in a data folder', ['scan', ...whole, ...warm, '--data', kept]],
      ['replay of that folder', ['replay', '--data', kept]],
    ]
    const results = []
    for (const [name, args] of runs) {
      results.push(await scanTo(folder, name.replaceAll(/\W+/g, '-'), args))
      results.at(-1).name = name
      console.error(`${name}: ${results.at(-1).count} alerts ${results.at(-1).alerts}`)
    }
    const [first] = results
    const same = results.every(
      (one) => one.alerts === first.alerts && (one.scores === '' || one.scores === first.scores),
    )
    const body = [
      `${lines.length} events: ${same ? 'all the same bytes' : 'NOT the same'}.`,
      '',
      '| run | alerts | SHA-256 of alerts | of scores |',
      '|---|---:|---|---|',
      ...results.map(
        (one) =>
          `| ${one.name} | ${one.count} | ${one.alerts}${one.alerts === first.alerts ? '' : ' DIFFERS'} | ${one.scores}${one.scores === '' || one.scores === first.scores ? '' : ' DIFFERS'} |`,
      ),
    ].join('\n')
    console.log(body)
    if (values.write) writeResult('repeatable', 'Repeatable', `npm run bench -- repeatable ${words.join(' ')}`, body)
    if (!same) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
