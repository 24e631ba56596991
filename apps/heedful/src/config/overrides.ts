/** The file of `replay --config`: what is judged differently, as JSON or as lines of `key: value`. */
import { readFileSync } from 'node:fs'
import { CommandError, messageOf } from '../errors.ts'
import { unreadable } from '../intake/bytes.ts'
import type { Configuration } from './configuration.ts'
import { readBudget, readDuration, readInteger } from './durations.ts'

const KEYS = new Map<string, (value: string, configuration: Configuration) => Partial<Configuration>>([
  ['budget', (value) => ({ budget_per_day: readBudget(value, 'budget') })],
  ['seed', (value) => ({ seed: readInteger(value, 'seed', 0, 4294967295) })],
  [
    'warmup',
    (value, { warmup_from }) => ({
      warmup_until: new Date(Date.parse(warmup_from) + readDuration(value, 'warmup')).toISOString(),
    }),
  ],
])

const refuse = (path: string, what: string) =>
  new CommandError(
    'config-invalid',
    `${path}: ${what}`,
    `known keys: ${[...KEYS.keys()].join(', ')}; as JSON, or one "key: value" a line`,
  )

function readJson(text: string, path: string): [string, string][] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw refuse(path, `this is no JSON (${messageOf(error)})`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw refuse(path, 'an object is wanted')
  return Object.entries(parsed).map(([key, value]) => [key, String(value)])
}

function readYaml(text: string, path: string): [string, string][] {
  const entries: [string, string][] = []
  text.split(/\r?\n/).forEach((line, i) => {
    const bare = line.replace(/(^|\s)#.*$/, '').trim()
    if (bare === '' || bare === '---') return
    const match = /^([\w-]+)\s*:\s*(?:"([^"]*)"|'([^']*)'|(\S.*))$/.exec(bare)
    if (match === null) throw refuse(path, `line ${i + 1} is no "key: value"`)
    entries.push([match[1] as string, match[2] ?? match[3] ?? (match[4] as string)])
  })
  return entries
}

/** Reads the file. Gives what turns a configuration into the other one. Throws `config-invalid` naming the key or line. */
export function readOverrides(path: string): (configuration: Configuration) => Configuration {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
  const entries = text.trimStart().startsWith('{') ? readJson(text, path) : readYaml(text, path)
  const unknown = entries.find(([key]) => !KEYS.has(key))
  if (unknown !== undefined) throw refuse(path, `there is no key "${unknown[0]}"`)
  const apply = (configuration: Configuration) => {
    const changed = { ...configuration }
    for (const [key, value] of entries) Object.assign(changed, KEYS.get(key)?.(value, changed))
    return changed
  }
  // Now, so that a wrong value is told before anything is read.
  apply({ tenant: '', budget_per_day: 1, warmup_from: new Date(0).toISOString(), warmup_until: '', seed: 0 })
  return apply
}
