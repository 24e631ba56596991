/**
 * `node scripts/onnx-python.js`: makes a Python that reads ONNX models, pinned, in a folder of the user's cache. The test of
 * exported models uses it where it is there. Prints where; what cannot be had is said.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const PINNED = ['onnx==1.23.2', 'onnxruntime==1.31.1', 'numpy==2.4.6']
const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'heedful', 'onnx-1.23.2-1.31.1')
const python = join(folder, 'bin', 'python')
const mark = join(folder, 'heedful-pinned.txt')

/** The Python, where it was made. */
export const findOnnxPython = () =>
  existsSync(mark) && readFileSync(mark, 'utf8') === PINNED.join('\n') ? python : undefined

export const NO_ONNX_PYTHON = `no Python with ${PINNED.join(', ')} (node scripts/onnx-python.js makes one)`

function make() {
  mkdirSync(folder, { recursive: true })
  const steps = [
    ['python3', ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PINNED]],
  ]
  for (const [command, words] of steps) {
    const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8', timeout: 300_000 })
    if (status !== 0) return error?.message ?? stderr.trim().split('\n').at(-1)
  }
  writeFileSync(mark, PINNED.join('\n'))
  return undefined
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const why = findOnnxPython() === undefined ? make() : undefined
  console.log(why === undefined ? python : `skipped: ${PINNED.join(', ')} cannot be had (${why})`)
}
