/**
 * Moves what is committed from SQLite's write-ahead log into the database, in a thread of its own: it waits for the disk
 * twice, and where much was written it takes seconds, in which nobody on the main thread should wait.
 */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What was committed stays in the write-ahead log for about so long, ms. */
const EVERY = 500
/** Pages in the write-ahead log, 256 MiB, from which on nothing is committed until all of them are moved. */
export const MOST_PAGES = 65_536

/**
 * The worker's code: text, as it has to run from sources and from what is built. It answers how many pages stand in the
 * write-ahead log, and has the database open only while it works. Passive checkpoints keep no one waiting.
 */
const CODE = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { DatabaseSync } = require(workerData.sqlite)
  parentPort.on('message', () => {
    let database
    let pages = 0
    try {
      database = new DatabaseSync(workerData.path, { timeout: 0 })
      pages = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get().log
    } catch {
      // The next one may have room on the disk.
    } finally {
      database?.close()
    }
    parentPort.postMessage(pages)
  })`

export class Checkpoints {
  private readonly path: string
  private readonly every: number
  private readonly mostPages: number
  private worker: Worker | undefined
  private since = performance.now()
  private running: Promise<void> | undefined
  private answer: (pages: number) => void = () => {}
  /** Nothing is to be committed while it runs, so that it reaches the end and the write-ahead log begins anew. */
  private overfull = false
  /** SQLite makes them by itself on the main thread, where there is no worker. */
  private ended = false

  constructor(path: string, { every = EVERY, mostPages = MOST_PAGES } = {}) {
    this.path = path
    this.every = every
    this.mostPages = mostPages
  }

  /** After a commit: begins one where it is due. @returns what to wait for before the next commit */
  next(): Promise<void> | undefined {
    if (this.ended) return undefined
    if (this.running === undefined && performance.now() - this.since >= this.every) this.running = this.run()
    return this.overfull ? this.running : undefined
  }

  /** Lets the one that runs come to its end; none follows. */
  async end(): Promise<void> {
    await this.running
    this.ended = true
    await this.worker?.terminate()
  }

  private async run(): Promise<void> {
    const worker = this.worker ?? this.start()
    if (worker === undefined) return
    this.worker = worker
    // The process stays for an answer, and only for that.
    worker.ref()
    const pages = await new Promise<number>((resolve) => {
      this.answer = resolve
      worker.postMessage('checkpoint')
    })
    worker.unref()
    this.overfull = pages > this.mostPages
    this.since = performance.now()
    this.running = undefined
  }

  /** Undefined where there can be no further thread. */
  private start(): Worker | undefined {
    const worker = this.open()
    if (worker === undefined) {
      this.ended = true
      return undefined
    }
    worker.on('message', (pages: number) => this.answer(pages))
    // Its exit follows.
    worker.on('error', () => {})
    worker.on('exit', () => {
      this.ended = true
      this.answer(0)
    })
    return worker
  }

  private open(): Worker | undefined {
    try {
      const sqlite = createRequire(import.meta.url).resolve('@photostructure/sqlite')
      return new Worker(CODE, { eval: true, workerData: { sqlite, path: this.path } })
    } catch {
      return undefined
    }
  }
}
