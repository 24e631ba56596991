/** The files of a configuration, followed into the log: how far each is read is committed together with its lines. */
import { setTimeout as wait } from 'node:timers/promises'
import type { FollowedFile } from '../config/server-settings.ts'
import { Follower, type Place } from '../intake/follower.ts'
import { findFormat } from '../intake/formats.ts'
import type { Line } from '../intake/lines.ts'
import type { KnownFile } from '../log/log.ts'
import { bindMapping } from '../mapping/bind-mapping.ts'
import { readMappingFile } from '../mapping/mapping-file.ts'
import type { OpenDoor } from './doors.ts'
import { frameLines } from './framing.ts'
import { recogniseLines } from './recognise-lines.ts'
import { Refusal } from './refusal.ts'
import type { Service } from './service.ts'

/** Records that may wait to be folded before files are read on: they can wait, requests cannot. */
const LAG = 20_000

export interface FollowOptions {
  service: Service
  now(): number
  say(note: string): void
}

export class FollowedFiles {
  private readonly stopping = new AbortController()
  private readonly runs: Promise<void>[]

  constructor(files: readonly FollowedFile[], options: FollowOptions) {
    const byPath = new Map(files.map((file) => [file.path, file]))
    let id = options.service.space.log.files.reduce((most, file) => Math.max(most, file.id), 0)
    const newId = () => ++id
    this.runs = [...byPath.values()].map((file) => follow(file, options, newId, this.stopping.signal))
  }

  /** What was read is in the log; the next start reads on behind it. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await Promise.all(this.runs)
  }
}

function follow(
  file: FollowedFile,
  { service, now, say }: FollowOptions,
  newId: () => number,
  signal: AbortSignal,
): Promise<void> {
  const { log } = service.space
  const mapped = file.map === undefined ? undefined : bindMapping(readMappingFile(file.map), [], file.path)
  const send = async (lines: readonly Line[], place: Place) => {
    const source = file.source ?? 'file'
    const { format = 'auto' } = file
    const found = mapped ?? (format === 'auto' ? recogniseLines(lines, source, service.doors) : findFormat(format))
    const open = service.doors.find(source, found, now())
    // Once, however often they are refused: a clock that heard lines twice would hold half a record twice.
    const frames = frameLines(lines, open, now())
    const origins = lines.map(({ number }) => ({ file: place.id, line: number }))
    const batch = { open, frames, origins, file: knownFile(file, place, open) }
    await untilTaken(service, signal, () => service.write(batch))
  }
  return new Follower({ path: file.path, known: () => log.files, newId, send, say, signal }).run()
}

/** Asks again until it is taken: a file waits, where a sender would be told to. */
async function untilTaken(service: Service, signal: AbortSignal, write: () => Promise<unknown>): Promise<void> {
  for (;;) {
    while (service.lag > LAG && !signal.aborted) await wait(20)
    try {
      await write()
      return
    } catch (error) {
      if (!(error instanceof Refusal) || error.retryAfter === undefined || signal.aborted) throw error
      await wait(1000 * error.retryAfter, undefined, { signal }).catch(() => undefined)
    }
  }
}

function knownFile({ path }: FollowedFile, place: Place, { door, key, clock }: OpenDoor): KnownFile {
  const { id, identity, offset, line } = place
  const { mapping } = door
  const read = {
    format: door.format,
    ...(mapping !== undefined && { mapping }),
    timezone: door.timezone,
    door: door.door,
    key: Number.isFinite(key) ? key : null,
  }
  return { id, identity, name: path, ...read, offset, line, span: null, clock: clock.save() }
}
