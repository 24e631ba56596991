/** A configuration file: what is wrong in it is told with its line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { EXAMPLE } from '../commands/config.ts'
import { CommandError } from '../errors.ts'
import { readSettings } from './read-settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'heedful-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(text: string) {
  const path = join(folder, 'heedful.yaml')
  writeFileSync(path, text)
  return readSettings(path)
}

function refusal(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (error instanceof CommandError && error.code === 'config-invalid') return error.message
    throw error
  }
  throw new Error('it was not refused')
}

it('reads the example, every key of it; and an empty file', () => {
  expect(read(EXAMPLE)).toMatchObject({ port: 8787, budget: '20/day', files: [{ source: 'gateway' }] })
  expect(read('')).toEqual({})
  expect(read('# nothing\n')).toEqual({})
})

it.each([
  ['port: 80\nprot: 81\n', 'line 2: there is no key "prot" (did you mean "port"?)'],
  ['data: ./x\n\nport: many\n', 'line 3: port must be'],
  ['port: 99999\n', 'line 1: port must be <= 65535'],
  ['files:\n  - path: a.log\n    formt: auto\n', 'line 3: there is no key "formt" (did you mean "format"?)'],
  ['files:\n  - path: a.log\n  - format: auto\n', 'line 3: files.1 must have required'],
  ['files:\n  - path: a.log\n    format: cobol\n', 'line 3: no format is called "cobol"'],
  ['files:\n  - path: a.log\n    format: mapped\n', 'line 3: the format "mapped" is read by a mapping'],
  ['files:\n  - path: a.log\n    map: /no/such.yaml\n', 'line 3: /no/such.yaml: there is no such file'],
  ['limits:\n  users: 10\n', 'line 2: limits.users must be >= 1000'],
  ['seed: 1\nwarmup: soon\n', 'line 2: warmup "soon" is not understood'],
  ['timezone: Mars/Olympus\n', 'line 1: timezone "Mars/Olympus" is not understood'],
  ['port: 1\nport: 2\n', 'line 2: Map keys must be unique'],
  ['a: [1, 2\nb: 3\n', 'line '],
  ['- a\n', 'line 1: the file must be object'],
  ['__proto__:\n  port: 1\n', 'line 1: '],
])('refuses %j', (text, message) => expect(refusal(text)).toContain(message))

it('tells everything that is wrong at once, in the order of the lines', () => {
  expect(refusal('prt: 1\nhost: 2\nseed: -1\n')).toMatch(/line 1: .*; line 2: .*; line 3: /)
})
