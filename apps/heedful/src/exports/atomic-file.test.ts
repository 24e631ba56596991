import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { openAtomicFile, writeAtomically } from './atomic-file.ts'
import { partOf } from './part-file.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-atomic-'))
const parts = mkdtempSync(join(tmpdir(), 'heedful-parts-'))
afterAll(() => {
  for (const folder of [root, parts]) rmSync(folder, { recursive: true, force: true })
})

const built = fileURLToPath(new URL('../../dist/exports/atomic-file.js', import.meta.url))

/** A process that has written its half and waits; `end` lets it finish and gives its exit code. */
async function startWriter(path: string, text: string): Promise<{ end(): Promise<number | null> }> {
  const program = `
    const { openAtomicFile } = await import(${JSON.stringify(pathToFileURL(built).href)})
    const file = openAtomicFile(${JSON.stringify(path)})
    file.write(${JSON.stringify(text)}.repeat(40000))
    process.stdout.write('half')
    process.stdin.once('data', () => { file.write(${JSON.stringify(text)}); file.commit(); process.exit(0) })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended])
  return {
    end() {
      child.stdin.write('go')
      return ended
    },
  }
}

describe('an output file', () => {
  it('of two processes at a time is the whole of one of them', async (context) => {
    if (!existsSync(built)) return context.skip('the command is not built (npm run build)')
    const folder = mkdtempSync(join(parts, 'two-'))
    const path = join(folder, 'alerts')
    const [one, two] = [await startWriter(path, 'one '), await startWriter(path, 'two ')]
    expect(readdirSync(folder)).toHaveLength(2)
    expect(await one.end()).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe('one '.repeat(40_001))
    expect(await two.end()).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe('two '.repeat(40_001))
    expect(readdirSync(folder)).toEqual(['alerts'])
  })

  it('takes away what a killed process left, and leaves what a living one writes', () => {
    const folder = mkdtempSync(join(parts, 'stale-'))
    const path = join(folder, 'alerts')
    const { pid: ended } = spawnSync(process.execPath, ['-e', ''])
    const living = partOf(path, process.ppid)
    for (const part of [partOf(path, ended), living, `${path}.part`]) writeFileSync(part, 'half')
    writeAtomically(path, ['whole'])
    expect(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .sort(),
    ).toEqual([path, living, `${path}.part`].sort())
  })

  it('is refused where another output of the same command goes', () => {
    const first = openAtomicFile(join(root, 'same'))
    expect(() => openAtomicFile(join(root, 'same'))).toThrow('another output of this command goes there')
    first.write('first')
    first.commit()
    expect(readFileSync(join(root, 'same'), 'utf8')).toBe('first')
    writeAtomically(join(root, 'same'), ['second'])
    rmSync(join(root, 'same'))
  })

  it('goes through a link to the file behind it, and stays what it was until it is whole', () => {
    writeFileSync(join(root, 'real'), 'before')
    symlinkSync(join(root, 'real'), join(root, 'link'))
    const file = openAtomicFile(join(root, 'link'))
    file.write('after')
    expect(readFileSync(join(root, 'real'), 'utf8')).toBe('before')
    file.commit()
    expect(readFileSync(join(root, 'real'), 'utf8')).toBe('after')
    expect(lstatSync(join(root, 'link')).isSymbolicLink()).toBe(true)
    expect(readdirSync(root).sort()).toEqual(['link', 'real'])
  })

  it('never takes the place of a device', () => {
    const link = join(root, 'null')
    symlinkSync('/dev/null', link)
    writeAtomically(link, ['x'])
    expect(statSync(link).isFile()).toBe(false)
  })

  it('is refused where a folder stands, before anything is written', () => {
    expect(() => openAtomicFile(root)).toThrow('it is a folder')
  })
})
