/**
 * Repeatable: two scans of one file, other cuts of it, and 1, 2 and 4 shards give the same bytes.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { measureOneLog } from './measured/one-log.js'
import { runHeedful } from './stream/scans.js'

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

async function scanAll(lines, folder) {
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
    results.push({ ...(await scanTo(folder, name.replaceAll(/\W+/g, '-'), args)), name })
    console.error(`${name}: ${results.at(-1).count} alerts ${results.at(-1).alerts}`)
  }
  return results
}

/** Whether a hash is the first run's; a replay writes no scores. */
const isSame = (hash, first) => hash === '' || hash === first
const marked = (hash, first) => `${hash}${isSame(hash, first) ? '' : ' DIFFERS'}`

function describe(lines, results) {
  const [first] = results
  const same = results.every(({ alerts, scores }) => isSame(alerts, first.alerts) && isSame(scores, first.scores))
  if (!same) process.exitCode = 1
  const rows = results.map(
    ({ name, count, alerts, scores }) =>
      `| ${name} | ${count} | ${marked(alerts, first.alerts)} | ${marked(scores, first.scores)} |`,
  )
  return [
    `${lines.length} events: ${same ? 'all the same bytes' : 'NOT the same'}.`,
    '',
    '| run | alerts | SHA-256 of alerts | of scores |',
    '|---|---:|---|---|',
    ...rows,
  ].join('\n')
}

export const main = measureOneLog({
  name: 'repeatable',
  title: 'Repeatable',
  async measure({ lines }) {
    mkdirSync(DATA, { recursive: true })
    const folder = mkdtempSync(join(DATA, 'repeatable-'))
    try {
      return describe(lines, await scanAll(lines, folder))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})
