/**
 * Log files that somebody dropped, each scanned into a data folder of its own by a process of its own, so that live judging goes
 * on; then it can be asked like the main one. Bounded in number and size, and gone from the disk when it is deleted.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { DEFAULT_BUDGET } from '../config/configuration.ts'
import { messageOf } from '../errors.ts'
import { configurationOf } from '../log/activations.ts'
import { Runner } from '../scoring/runner.ts'
import { makeFolder } from '../store/make-folder.ts'
import { openFolder } from '../store/space.ts'
import { Refusal } from './refusal.ts'
import type { View } from './view.ts'

export interface SpaceState {
  space: string
  name: string
  state: 'scanning' | 'done' | 'failed'
  /** 0 … 1 */
  progress: number
  events: number
  alerts: number
  refused: number
  error: string | null
  notes: string[]
}

interface Dropped {
  id: string
  name: string
  folder: string
  state: SpaceState['state']
  error: string | null
  notes: string[]
  /** All of it is here. */
  ready: boolean
  child?: ChildProcess
  view?: View & { close(): void }
}

export interface SpacesOptions {
  /** Where they are kept. */
  folder: string
  now(): number
  most?: number
  /** Of one file as it is sent, bytes. */
  largest?: number
}

const MOST = 8
const LARGEST = 2 ** 30
/** What is kept of the words of a scan, characters. */
const SAID = 4000
const PROGRAM = fileURLToPath(new URL('../../bin/heedful.js', import.meta.url))
const MARK = 'space.json'

export class Spaces {
  private readonly options: Required<SpacesOptions>
  private readonly dropped = new Map<string, Dropped>()

  /** Goes on with those that an earlier run left. */
  constructor(options: SpacesOptions) {
    this.options = { most: MOST, largest: LARGEST, ...options }
    const { folder } = this.options
    for (const id of existsSync(folder) ? readdirSync(folder).sort() : []) this.resume(id)
    this.scanNext()
  }

  private resume(id: string): void {
    const folder = join(this.options.folder, id)
    const mark = join(folder, MARK)
    // An upload that never ended.
    if (!existsSync(mark)) return rmSync(folder, { recursive: true, force: true })
    const { name, state, error, notes } = JSON.parse(readFileSync(mark, 'utf8')) as Dropped
    const one: Dropped = { id, name, folder, state, error, notes, ready: true }
    this.dropped.set(id, one)
  }

  /** One at a time: live judging needs the machine, too. */
  private scanNext(): void {
    const all = [...this.dropped.values()]
    const next = all.find(({ state, ready }) => state === 'scanning' && ready)
    if (next === undefined || this.closed || all.some(({ child }) => child !== undefined)) return
    this.scan(next)
  }

  /** Takes a file. Rejects with `Refusal` where there are too many, or it is too large. */
  async add(name: string, bytes: Readable): Promise<{ space: string; name: string }> {
    const { most, largest } = this.options
    if (this.dropped.size >= most) {
      throw new Refusal('too-many-spaces', `${most} log files are here already`, {
        status: 409,
        wayOut: 'delete one first',
      })
    }
    const id = `s${randomBytes(6).toString('hex')}`
    const one: Dropped = {
      id,
      name,
      folder: join(this.options.folder, id),
      state: 'scanning',
      error: null,
      notes: [],
      ready: false,
    }
    this.dropped.set(id, one)
    try {
      makeFolder(one.folder)
      await pipeline(bytes, bounded(largest), createWriteStream(fileOf(one)))
      this.mark(one)
    } catch (error) {
      this.dropped.delete(id)
      rmSync(one.folder, { recursive: true, force: true })
      throw error
    }
    one.ready = true
    this.scanNext()
    return { space: id, name }
  }

  private mark({ folder, name, state, error, notes }: Dropped): void {
    writeFileSync(join(folder, MARK), JSON.stringify({ name, state, error, notes }))
  }

  private scan(one: Dropped): void {
    const child = spawn(process.execPath, [PROGRAM, 'scan', fileOf(one), '--data', dataOf(one)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    one.child = child
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-SAID)
    })
    yieldTo(child)
    child.on('error', (error) => {
      delete one.child
      this.fail(one, messageOf(error))
      this.scanNext()
    })
    child.on('exit', (code) => {
      delete one.child
      if (this.dropped.get(one.id) === one && !this.closed) this.conclude(one, code, said)
      this.scanNext()
    })
  }

  private conclude(one: Dropped, code: number | null, said: string): void {
    if (code !== 0) return this.fail(one, whyFailed(said.replaceAll(fileOf(one), one.name)) || `it ended with ${code}`)
    one.state = 'done'
    this.mark(one)
  }

  private fail(one: Dropped, error: string): void {
    one.state = 'failed'
    one.error = error
    if (existsSync(one.folder)) this.mark(one)
  }

  /** Throws `Refusal` space-unknown, space-scanning, space-failed. */
  view(id: string): View {
    const one = this.find(id)
    if (one.state === 'done') this.open(one)
    if (one.view !== undefined) return one.view
    const [code, what, wayOut] =
      one.state === 'scanning'
        ? (['space-scanning', 'is still being read', 'ask again in a moment'] as const)
        : (['space-failed', `could not be read: ${one.error}`, 'delete it, and drop another file'] as const)
    throw new Refusal(code, `${one.name} ${what}`, { status: 409, wayOut })
  }

  /** What another build left is read again from the file. */
  private open(one: Dropped): void {
    try {
      one.view ??= openView(dataOf(one), one.name, this.options.now)
    } catch {
      rmSync(dataOf(one), { recursive: true, force: true })
      one.state = 'scanning'
      this.mark(one)
      this.scanNext()
    }
  }

  private find(id: string): Dropped {
    const one = this.dropped.get(id)
    if (one !== undefined) return one
    throw new Refusal('space-unknown', `there is no space ${id.slice(0, 64)}`, {
      status: 404,
      wayOut: 'GET /v1/spaces lists them',
    })
  }

  list(): SpaceState[] {
    return [...this.dropped.values()].map((one) => {
      if (one.state === 'done') this.open(one)
      const { id, name, state, error, notes, view } = one
      const counts = view === undefined ? { events: 0, alerts: 0, refused: 0 } : countsOf(view)
      return { space: id, name, state, progress: state === 'done' ? 1 : 0, ...counts, error, notes }
    })
  }

  async remove(id: string): Promise<void> {
    const one = this.find(id)
    this.dropped.delete(id)
    await end(one)
    rmSync(one.folder, { recursive: true, force: true })
  }

  private closed = false

  /** What is being scanned goes on at the next start. */
  async close(): Promise<void> {
    this.closed = true
    for (const one of this.dropped.values()) await end(one)
  }
}

/**
 * What a scan said when it gave up, for who dropped a file: what is wrong, then a line with the way out. There are no options
 * to name on a page, so what only a mapping can read is sent where one is made.
 */
function whyFailed(said: string): string {
  const found = /^error ([a-z-]+): ([\s\S]*?)\nwhat to do: ([\s\S]*)$/m.exec(said.trim())
  if (found === null) return said.trim()
  const [, code, what = '', wayOut = ''] = found
  const [command] = /\S.* map (?=\S+ proposes)/.exec(wayOut.split(': ')[1] ?? '') ?? []
  if (code !== 'format-unknown' || command === undefined) return `${what}\n${wayOut}`
  const scan = command.replace(/ map $/, ' scan')
  return `${what}\nA table (CSV) or JSON lines of another shape are read by a mapping, in a terminal: ${command}FILE --out mapping.yaml proposes one; ${scan} FILE --map mapping.yaml reads by it.`
}

const fileOf = ({ folder }: Dropped) => join(folder, 'dropped.log')
const dataOf = ({ folder }: Dropped) => join(folder, 'data')

function bounded(largest: number): Transform {
  let taken = 0
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      taken += piece.length
      if (taken <= largest) return done(null, piece)
      const wayOut = 'drop it gzipped, or read it with heedful scan'
      done(new Refusal('file-too-large', `the file is larger than ${largest} bytes`, { status: 413, wayOut }))
    },
  })
}

/** Live judging goes first, where the system lets us say so. */
function yieldTo({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system has no priorities.
  }
}

async function end(one: Dropped): Promise<void> {
  one.view?.close()
  delete one.view
  const { child } = one
  if (child === undefined || child.exitCode !== null) return
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** The folder of a scan that has ended, with the memory that it left. */
function openView(folder: string, dropped: string, now: () => number): View & { close(): void } {
  const space = openFolder(folder, true)
  const names = new Map(space.log.files.map(({ id, name }) => [id, name]))
  const options = { shards: 1, fileName: (id: number) => names.get(id) ?? '', lookup: (hash: string) => ({ hash }) }
  const budget = configurationOf(space.log)?.budget_per_day ?? DEFAULT_BUDGET
  const runner = new Runner(options, space.store.snapshot)
  return { space, runner, lag: 0, budget, now, dropped, close: () => void space.close() }
}

function countsOf({ space, runner }: View): Pick<SpaceState, 'events' | 'alerts' | 'refused'> {
  const { alerts, doors } = space.store.tables
  return {
    events: runner.summary().events,
    alerts: alerts.list({ state: 'raised', limit: 1 }).total,
    refused: doors.all().reduce((sum, { refused }) => sum + refused, 0),
  }
}
