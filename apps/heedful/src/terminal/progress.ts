/** How far a scan is, on standard error, and only where a person looks at it. */
import { SingleBar } from 'cli-progress'
import { plainText, shorten } from './plain-text.ts'

export interface Progress {
  /** What is done before reading, in words. */
  say(what: string): void
  /** How much there is to do: bytes of files, or records of a log; and what is counted on the way. */
  begin(all: number, unit?: 'bytes' | 'records', counted?: 'events' | 'rows'): void
  /** How much of it is done, and events (or rows) judged so far. */
  update(done: number, events: number): void
  /** Clears the line and gives the cursor back. Until then its clock keeps the process alive, so it is always called. */
  end(): void
}

const SILENT: Progress = { say() {}, begin() {}, update() {}, end() {} }

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

export function describeBytes(bytes: number): string {
  let unit = 0
  let value = bytes
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`
}

export function openProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  if (quiet || !stream.isTTY) return SILENT
  const format = '{bar} {percentage}%  {done} of {all}  {rate} {counted}/s  {eta_formatted} left'
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true, fps: 8, barsize: 20 })
  let total = 1
  let started = 0
  let told = false
  let describe: (n: number) => string = describeBytes
  const clear = () => {
    if (told) stream.write('\r\u001b[K')
    told = false
  }
  return {
    say(what) {
      clear()
      stream.write(shorten(plainText(what), (stream.columns || 80) - 1))
      told = true
    },
    begin(all, unit = 'bytes', counted = 'events') {
      clear()
      total = Math.max(1, all)
      describe = unit === 'bytes' ? describeBytes : (n) => n.toLocaleString('en')
      started = performance.now()
      bar.start(total, 0, { done: describe(0), all: describe(total), rate: '–', counted })
    },
    update(done, events) {
      const seconds = (performance.now() - started) / 1000
      const rate = seconds > 0.2 ? Math.round(events / seconds).toLocaleString('en') : '–'
      bar.update(Math.min(done, total), { done: describe(done), all: describe(total), rate })
    },
    end() {
      clear()
      bar.stop()
    },
  }
}
