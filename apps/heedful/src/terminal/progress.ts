/** How far a scan is, on standard error, and only where a person looks at it. */
import { SingleBar } from 'cli-progress'
import { plainText, shorten } from './plain-text.ts'

export interface Progress {
  /** What is done before reading, in words. */
  say(what: string): void
  begin(bytes: number): void
  /** Bytes of the files read so far, and events judged so far. */
  update(bytes: number, events: number): void
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
  const format = '{bar} {percentage}%  {done} of {all}  {rate} events/s  {eta_formatted} left'
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true, fps: 8, barsize: 20 })
  let total = 1
  let started = 0
  let told = false
  const clear = () => {
    if (told) stream.write('\r\u001b[K')
    told = false
  }
  return {
    say(what) {
      clear()
      stream.write(shorten(plainText(what), (stream.columns ?? 80) - 1))
      told = true
    },
    begin(bytes) {
      clear()
      total = Math.max(1, bytes)
      started = performance.now()
      bar.start(total, 0, { done: describeBytes(0), all: describeBytes(total), rate: '–' })
    },
    update(bytes, events) {
      const seconds = (performance.now() - started) / 1000
      const rate = seconds > 0.2 ? Math.round(events / seconds).toLocaleString('en') : '–'
      bar.update(Math.min(bytes, total), { done: describeBytes(bytes), all: describeBytes(total), rate })
    },
    end() {
      clear()
      bar.stop()
    },
  }
}
