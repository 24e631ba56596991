/** The files that a log was rotated into: `FILE.1`, `FILE.2` or by date, `FILE-20260304`. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../errors.ts'

const SUFFIX = /^(?:\.\d{1,4}|[-.]\d{4}-?\d{2}-?\d{2}(?:[-T.]?\d{1,6})?|[-.]\d{10})$/
/** More are another program's. */
const MOST = 1000

/** Their paths, what was written into first before the others. Packed ones have other names, and are left out. */
export async function findRotated(path: string): Promise<string[]> {
  const [folder, name] = [dirname(path), basename(path)]
  const names = (await readdir(folder)).filter((one) => one.startsWith(name) && SUFFIX.test(one.slice(name.length)))
  const files: { path: string; changed: number }[] = []
  for (const one of names.sort().slice(0, MOST)) {
    const rotated = join(folder, one)
    const found = await stat(rotated).catch((error) => {
      // It is rotated on at this very moment.
      if (systemCode(error) === 'ENOENT') return undefined
      throw error
    })
    if (found?.isFile()) files.push({ path: rotated, changed: found.mtimeMs })
  }
  return files.sort((a, b) => a.changed - b.changed).map((file) => file.path)
}
