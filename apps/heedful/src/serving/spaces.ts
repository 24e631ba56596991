/**
 * Log files that somebody dropped, each scanned into a data folder of its own by a process of its own, so that live judging goes
 * on; then it can be asked like the main one. Bounded in number and size, and gone from the disk when it is deleted.
 */
import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DEFAULT_BUDGET } from '../config/configuration.ts'
import { systemCode } from '../errors.ts'
import { configurationOf } from '../log/activations.ts'
import { Runner } from '../scoring/runner.ts'
import { renameDurably, syncFile } from '../store/durable.ts'
import { makeFolder } from '../store/make-folder.ts'
import { openFolder } from '../store/space.ts'
import { Refusal } from './refusal.ts'
import { type Outcome, type ScanProcess, startScan, whyFailed } from './scan-process.ts'
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
  scan?: ScanProcess
  view?: View & { close(): void }
}

export interface SpacesOptions {
  /** Where they are kept. */
  folder: string
  now(): number
  most?: number
  /** Of one file as it is sent, bytes. */
  largest?: number
  /** Of what is kept of one, bytes. */
  mostData?: number
}

const MOST = 8
const LARGEST = 2 ** 30
const MOST_DATA = 4 * 2 ** 30
/** ms until a data folder that another process holds is tried again. */
const AGAIN = 2_000
const MARK = 'space.json'
const NEWLINE = 0x0a

export class Spaces {
  private readonly options: Required<SpacesOptions>
  private readonly dropped = new Map<string, Dropped>()

  /** Goes on with those that an earlier run left. */
  constructor(options: SpacesOptions) {
    this.options = { most: MOST, largest: LARGEST, mostData: MOST_DATA, ...options }
    const { folder } = this.options
    for (const id of existsSync(folder) ? readdirSync(folder).sort() : []) this.resume(id)
    this.scanNext()
  }

  private resume(id: string): void {
    const folder = join(this.options.folder, id)
    const mark = join(folder, MARK)
    // An upload that never ended.
    if (!existsSync(mark)) return rmSync(folder, { recursive: true, force: true })
    this.dropped.set(id, { id, folder, ...readMark(mark), ready: true })
  }

  /** One at a time: live judging needs the machine, too. */
  private scanNext(): void {
    const all = [...this.dropped.values()]
    const next = all.find(({ state, ready }) => state === 'scanning' && ready)
    if (next === undefined || this.closed || all.some(({ scan }) => scan !== undefined)) return
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
      await pipeline(bytes, whole(largest), createWriteStream(fileOf(one)))
      if (!this.dropped.has(id)) throw deleted(name)
      this.mark(one)
    } catch (error) {
      const isWanted = this.dropped.delete(id)
      rmSync(one.folder, { recursive: true, force: true })
      throw isWanted ? explain(error) : deleted(name)
    }
    one.ready = true
    this.scanNext()
    return { space: id, name }
  }

  private mark({ folder, name, state, error, notes }: Dropped): void {
    const path = join(folder, MARK)
    writeFileSync(`${path}.part`, JSON.stringify({ name, state, error, notes }))
    syncFile(`${path}.part`)
    renameDurably(`${path}.part`, path)
  }

  private scan(one: Dropped): void {
    const scan = startScan({ file: fileOf(one), data: dataOf(one), most: this.options.mostData })
    one.scan = scan
    void scan.ended.then((outcome) => {
      delete one.scan
      if (this.dropped.get(one.id) === one && !this.closed) this.conclude(one, outcome)
      this.scanNext()
    })
  }

  private conclude(one: Dropped, outcome: Outcome): void {
    if (outcome.kind === 'failed') return this.fail(one, whyFailed(outcome.error.replaceAll(fileOf(one), one.name)))
    if (outcome.kind === 'done') one.state = 'done'
    // That of a server that was killed is still at it.
    if (outcome.kind === 'locked') this.again = setTimeout(() => this.scanNext(), AGAIN).unref()
    this.remember(one)
  }

  private fail(one: Dropped, error: string): void {
    one.state = 'failed'
    one.error = error
    this.remember(one)
    rmSync(dataOf(one), { recursive: true, force: true })
  }

  /** Where that cannot be written now, the next start finds it out again. */
  private remember(one: Dropped): void {
    try {
      this.mark(one)
    } catch {
      // A disk that is full, or a folder that is gone.
    }
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
      this.remember(one)
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
  private again: NodeJS.Timeout | undefined

  /** What is being scanned goes on at the next start. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.again)
    for (const one of this.dropped.values()) await end(one)
  }
}

type Marked = Pick<Dropped, 'name' | 'state' | 'error' | 'notes'>

function readMark(path: string): Marked {
  try {
    const { name, state, error, notes } = JSON.parse(readFileSync(path, 'utf8')) as Marked
    return { name, state, error, notes }
  } catch {
    return { name: 'a log file', state: 'failed', error: 'what was known of it is damaged; drop it again', notes: [] }
  }
}

const fileOf = ({ folder }: Dropped) => join(folder, 'dropped.log')
const dataOf = ({ folder }: Dropped) => join(folder, 'data')

const deleted = (name: string) =>
  new Refusal('space-deleted', `${name} was deleted while it came`, { status: 409, wayOut: 'drop it again' })

/** What happens to bytes on their way is nobody's mistake. */
function explain(error: unknown): unknown {
  const code = systemCode(error)
  if (code === 'ENOSPC') {
    const wayOut = 'make room, or delete another log file'
    return new Refusal('folder-full', 'there is no room for the file', { status: 507, wayOut, cause: error })
  }
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET') return error
  return new Refusal('body-cut-short', 'the file ended too soon', {
    status: 400,
    wayOut: 'drop it again',
    cause: error,
  })
}

/**
 * The file, up to so many bytes. A scan leaves a last line without an end for the next one, as its writer may be at it; a
 * file that was dropped is all there, so its last line is ended.
 */
function whole(largest: number): Transform {
  let taken = 0
  let first = Buffer.alloc(0)
  let last = NEWLINE
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      taken += piece.length
      if (first.length < 2) first = Buffer.concat([first, piece.subarray(0, 2)])
      last = piece.at(-1) ?? last
      if (taken <= largest) return done(null, piece)
      const wayOut = 'drop it gzipped, or read it with heedful scan'
      done(new Refusal('file-too-large', `the file is larger than ${largest} bytes`, { status: 413, wayOut }))
    },
    flush(done) {
      const isGzip = first[0] === 0x1f && first[1] === 0x8b
      done(null, isGzip || last === NEWLINE ? undefined : '\n')
    },
  })
}

async function end(one: Dropped): Promise<void> {
  one.view?.close()
  delete one.view
  await one.scan?.stop()
}

/** The folder of a scan that has ended, with the memory that it left. */
function openView(folder: string, dropped: string, now: () => number): View & { close(): void } {
  const space = openFolder(folder, true)
  const names = new Map(space.log.files.map(({ id, name }) => [id, name]))
  const options = { shards: 1, fileName: (id: number) => names.get(id) ?? '', lookup: (hash: string) => ({ hash }) }
  const budget = configurationOf(space.log)?.budget_per_day ?? DEFAULT_BUDGET
  const runner = new Runner(options, space.store.snapshot)
  return { space, runner, lag: 0, lagSeconds: 0, budget, now, dropped, close: () => void space.close() }
}

function countsOf({ space, runner }: View): Pick<SpaceState, 'events' | 'alerts' | 'refused'> {
  const { alerts, doors } = space.store.tables
  return {
    events: runner.summary().events,
    alerts: alerts.list({ state: 'raised', limit: 1 }).total,
    refused: doors.all().reduce((sum, { refused }) => sum + refused, 0),
  }
}
