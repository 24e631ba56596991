/** The two processes that a comparison asks: ours and the peers', one thread each. */
import { fork, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The peers as they are pinned. */
export const PINNED = ['pyod==3.6.7', 'scikit-learn==1.9.1', 'numpy==2.4.6', 'scipy==1.17.1']

export const ONE_THREAD = Object.fromEntries(
  ['OMP', 'OPENBLAS', 'MKL', 'NUMEXPR', 'NUMBA', 'VECLIB_MAXIMUM', 'BLIS'].map((one) => [`${one}_NUM_THREADS`, '1']),
)

/** A folder outside of the repository: $HEEDFUL_PEERS, or below the user's cache. */
function peersFolder() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return process.env.HEEDFUL_PEERS ?? join(cache, 'heedful', `peers-${PINNED[0].replace('==', '-')}`)
}

/** The Python that has the peers; installs them the first time. Throws where it cannot. */
export function findPython() {
  const folder = peersFolder()
  const python = join(folder, 'bin', 'python')
  const mark = join(folder, 'heedful-pinned.txt')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === PINNED.join('\n')) return python
  console.error(`installing ${PINNED.join(', ')} into ${folder}; this takes a minute`)
  mkdirSync(folder, { recursive: true })
  const steps = [
    ['python3', ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PINNED]],
  ]
  for (const [command, words] of steps) {
    const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' })
    if (status === 0) continue
    const why = error?.message ?? stderr.trim().split('\n').at(-1)
    throw new Error(`the peers cannot be installed (${why}); run with --without-peers, or name a venv by HEEDFUL_PEERS`)
  }
  writeFileSync(mark, PINNED.join('\n'))
  return python
}

/** Matrices and scores travel in files of doubles. */
export function openScratch() {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'heedful-table-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  let files = 0
  return {
    path: () => join(folder, `${files++}.f64`),
    /** @param {Float64Array} doubles @returns {string} */
    write(doubles) {
      const path = this.path()
      writeFileSync(path, new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength))
      return path
    },
    read(path) {
      const bytes = readFileSync(path)
      rmSync(path)
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    },
    drop: (path) => rmSync(path, { force: true }),
  }
}

/** One answer within so many milliseconds, else an obstacle, and the process is started anew. */
function within(limit, answer, restart) {
  let timer
  const late = new Promise((resolve) => {
    timer = setTimeout(() => {
      restart()
      resolve({ obstacle: `took longer than ${Math.round(limit / 1000)} s` })
    }, limit)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** No answer is waited for longer than this unless less is said, ms. */
const PATIENCE = 3_600_000

/** @returns a process of ours, started anew where it ends */
export function openOurs() {
  const start = () =>
    fork(fileURLToPath(new URL('./ours.js', import.meta.url)), {
      execArgv: ['--expose-gc', '--max-old-space-size=8192'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    })
  let child = start()
  const restart = () => {
    child.removeAllListeners()
    child.kill('SIGKILL')
    child = start()
  }
  const answerTo = (task) =>
    new Promise((resolve) => {
      const onExit = (code, signal) => {
        child = start()
        resolve({ obstacle: `its process ended (${signal ?? code})` })
      }
      child.once('exit', onExit)
      child.once('message', (said) => {
        child.off('exit', onExit)
        resolve(said)
      })
      child.send(task)
    })
  return {
    ask: (task, limit = PATIENCE) => within(limit, answerTo(task), restart),
    close: () => child.disconnect(),
  }
}

function startPeers() {
  const script = fileURLToPath(new URL('./peers.py', import.meta.url))
  const child = spawn(findPython(), ['-u', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...ONE_THREAD },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { done, value } = await lines.next()
    return done ? undefined : JSON.parse(value)
  }
  return { child, next }
}

/** @returns the peers' process, started anew where it ends, and their versions */
export async function openPeers() {
  let peers = startPeers()
  const greeted = await peers.next()
  if (greeted === undefined) throw new Error('the process of the peers ended before it said its versions')
  let ready = Promise.resolve()
  const restart = () => {
    peers.child.kill('SIGKILL')
    peers = startPeers()
    ready = peers.next()
  }
  const answerTo = async (task) => {
    const { child, next } = peers
    child.stdin.write(`${JSON.stringify(task)}\n`)
    const said = await next()
    if (said !== undefined) return said
    if (child === peers.child) restart()
    return { obstacle: 'its process ended' }
  }
  return {
    versions: greeted.versions,
    /** Loading its libraries is not the time of what is asked. */
    async ask(task, limit = PATIENCE) {
      await ready
      return within(limit, answerTo(task), restart)
    },
    close: () => peers.child.stdin.end(),
  }
}
