import { describe, expect, it } from 'vitest'
import { heedful } from '../commands/run-command.fixture.ts'
import { asTyped, typedBy } from './as-typed.ts'

const COMMANDS = ['scan', 'explain']

describe('what a person can type', () => {
  it.each([
    ['npm start --', { npm_lifecycle_event: 'start', npm_package_name: 'heedful-workspace' }, '/w/scripts/start.js'],
    ['heedful', { npm_lifecycle_event: 'start', npm_package_name: 'a-dashboard' }, '/w/node_modules/.bin/heedful'],
    ['npx heedful', { npm_command: 'exec' }, '/w/node_modules/.bin/heedful'],
    ['heedful', {}, '/usr/local/bin/heedful'],
    ['node apps/heedful/bin/heedful.js', {}, '/w/apps/heedful/bin/heedful.js'],
  ])('is %s', (typed, env, script) => expect(typedBy(env, script, '/w')).toBe(typed))

  it('stands in every line that is suggested, its columns where they were', () => {
    const text = '  $ heedful scan a        the first\n  $ zcat b | heedful scan -\nmake one with heedful scan FILE'
    expect(asTyped(text, 'npm start --', COMMANDS)).toBe(
      '  $ npm start -- scan a   the first\n  $ zcat b | npm start -- scan -\nmake one with npm start -- scan FILE',
    )
    expect(asTyped(text, 'heedful', COMMANDS)).toBe(text)
    expect(asTyped('npx heedful scan a.log', 'npx heedful', COMMANDS)).toBe('npx heedful scan a.log')
    expect(asTyped('a folder ./heedful\nHeedful learns; heedful is a name', 'npx heedful', COMMANDS)).toBe(
      'a folder ./heedful\nHeedful learns; heedful is a name',
    )
  })

  it.each([
    [['--help'], 0],
    [['scan', '--help'], 0],
    [['explain', '--help'], 0],
    [['replay', '--help'], 0],
    [['simulate', '--help'], 0],
    [['demo', '--help'], 0],
    [['replay', '--data', '/nowhere/at/all'], 4],
    [['scan'], 2],
  ])('and in what %j says', async (args, code) => {
    const said = await heedful(args, '', undefined, undefined, 'npm start --')
    expect(said.code).toBe(code)
    expect(said.out + said.err).not.toMatch(/\bheedful (?:scan|explain|replay|simulate|demo|COMMAND|\[)/)
    if (args.includes('--help') || code === 4) expect(said.out + said.err).toContain('npm start -- ')
  })
})
