import {
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
import { afterAll, describe, expect, it } from 'vitest'
import { openAtomicFile, writeAtomically } from './atomic-file.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-atomic-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('an output file', () => {
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
