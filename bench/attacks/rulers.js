/** Labelled logs from the two generators, kept packed under bench/.data until a generator changes. */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DATA = join(ROOT, 'bench', '.data')
const DAY = 86_400_000

/**
 * @typedef {object} Story
 * @property {string} id
 * @property {string} kind
 * @property {'loud'|'medium'|'subtle'} difficulty
 * @property {string[]} entities `type id` of all that it used or attacked
 * @property {number} first @property {number} last  ms UTC
 *
 * @typedef {object} Labelled
 * @property {string[]} lines  ECS NDJSON
 * @property {(string|undefined)[]} campaign  of each line
 * @property {(string|undefined)[]} lookAlike  kind of each line's look-alike
 * @property {Story[]} campaigns
 * @property {number} start  00:00 UTC of the first day
 * @property {number} teachUntil
 */

const RULERS = {
  first: { sources: ['packages/simulate/dist', 'packages/detect/dist/contracts'], make: makeFirst },
  second: { sources: ['bench/second-ruler'], make: makeSecond },
}

const refsOf = (list) => list.map(({ type, id }) => `${type} ${id}`)

async function makeFirst({ seed, users, days, attacks }) {
  const { simulate, toEcs } = await import('@heedful/simulate')
  const made = simulate({ seed, users, days, withoutAttacks: !attacks })
  const [lines, campaign, looks] = [[], [], []]
  for (const one of made.events) {
    lines.push(toEcs(one.event))
    campaign.push(one.campaign)
    looks.push(one.lookAlike)
  }
  const kinds = new Map(made.lookAlikes.map(({ id, kind, resembles }) => [id, `${kind} (like ${resembles})`]))
  const campaigns = made.campaigns
    .filter(({ events }) => events.length > 0)
    .map((c) => ({
      id: c.id,
      kind: c.kind,
      difficulty: c.difficulty,
      entities: refsOf([...c.used, ...c.attacked]),
      first: c.firstTime,
      last: c.lastTime,
    }))
  const lookAlike = looks.map((id) => (id === undefined ? undefined : (kinds.get(id) ?? id)))
  return { lines, campaign, lookAlike, campaigns, start: made.span.from, teachUntil: made.span.teachUntil }
}

async function makeSecond({ seed, users, days, attacks }) {
  const { generate } = await import('../second-ruler/index.js')
  const made = generate({ seed, users, days, attacks })
  const campaigns = made.campaigns.map((c) => ({
    id: c.id,
    kind: c.kind,
    difficulty: c.difficulty,
    entities: refsOf([...c.entities.used, ...c.entities.attacked]),
    first: c.first,
    last: c.last,
  }))
  return {
    lines: made.lines,
    campaign: made.labels.map((one) => one.campaign || undefined),
    lookAlike: made.labels.map((one) => one.look_alike || undefined),
    campaigns,
    start: made.start,
    teachUntil: made.start + Math.min(14, Math.floor(days / 3)) * DAY,
  }
}

function* filesOf(path) {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) {
    if (path.endsWith('.js')) yield path
    return
  }
  for (const name of readdirSync(path).sort()) if (!name.includes('.test.')) yield* filesOf(join(path, name))
}

function versionOf(sources) {
  const hash = createHash('sha256')
  for (const source of sources) for (const file of filesOf(join(ROOT, source))) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 10)
}

export const rulerNames = Object.keys(RULERS)

/** @returns {Promise<Labelled>} */
export async function labelledLog({ ruler, seed, users = 300, days = 42, attacks = true }) {
  const { sources, make } = RULERS[ruler]
  const base = `${ruler}-${seed}-${users}x${days}${attacks ? '' : '-quiet'}`
  const path = join(DATA, `${base}-${versionOf(sources)}.json.gz`)
  if (existsSync(path)) return unpack(path)
  const made = await make({ seed, users, days, attacks })
  mkdirSync(DATA, { recursive: true })
  for (const old of readdirSync(DATA))
    if (old.startsWith(`${base}-`) && old.endsWith('.json.gz') && (attacks ? !old.includes('quiet') : true))
      unlinkSync(join(DATA, old))
  const { lines, ...truth } = made
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, gzipSync(`${JSON.stringify(truth)}\n${lines.join('\n')}`, { level: 1 }))
  renameSync(temporary, path)
  return made
}

function unpack(path) {
  const [head, ...lines] = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
  const truth = JSON.parse(head)
  const present = (list) => list.map((value) => value ?? undefined)
  return { ...truth, campaign: present(truth.campaign), lookAlike: present(truth.lookAlike), lines }
}
