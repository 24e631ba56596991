/** Output files appear whole or not at all: they are written beside their place and moved there when complete. */
import { closeSync, fsyncSync, openSync, realpathSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CommandError, messageOf, systemCode } from '../errors.ts'
import { renameDurably } from '../store/durable.ts'
import { makeFolder } from '../store/make-folder.ts'
import { partOf, removeStaleParts } from './part-file.ts'

export interface AtomicFile {
  write(text: string): void
  writeBytes(bytes: Uint8Array): void
  /** Moves it to its place. */
  commit(): void
  /** Drops what was written, unless it is complete. */
  abandon(): void
}

/** Text is gathered to this many characters before it is written. */
const BUFFERED = 64 * 1024

function explain(path: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error
  const wayOut = systemCode(error) === 'ENOSPC' ? 'make room on its disk' : 'name a place that you may write to'
  return new CommandError('output-unwritable', `${path} cannot be written: ${messageOf(error)}`, wayOut, {
    cause: error,
  })
}

/** Unfinished files of this process. A second signal ends it at once; they go with it. */
const unfinished = new Set<string>()
process.once('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true })
})

/** What stands at the place: a file to replace (through a link, its own), or a device or pipe that is written straight. */
function findPlace(path: string): { place: string; straight: boolean } {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return { place: path, straight: false }
  if (found.isDirectory()) throw new Error('it is a folder')
  return found.isFile() ? { place: realpathSync(path), straight: false } : { place: path, straight: true }
}

/** Opens the unfinished file of a place. Throws where this process writes there already. */
function openPart(place: string): { temporary: string; descriptor: number } {
  const temporary = resolve(partOf(place))
  if (unfinished.has(temporary)) throw new Error('another output of this command goes there')
  removeStaleParts(place)
  const descriptor = openSync(temporary, 'w')
  unfinished.add(temporary)
  return { temporary, descriptor }
}

/** Opens `path` for writing from its start. Throws `output-unwritable`. */
export function openAtomicFile(path: string): AtomicFile {
  let temporary = ''
  let open = true
  const drop = () => {
    if (temporary === '') return
    try {
      rmSync(temporary, { force: true })
    } catch {
      // Its folder is no folder: there is nothing to drop.
    }
    unfinished.delete(temporary)
  }
  const guard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      drop()
      throw explain(path, error)
    }
  }
  const { place, straight } = guard(() => {
    makeFolder(dirname(path))
    return findPlace(path)
  })
  const descriptor = guard(() => {
    if (straight) return openSync(place, 'w')
    const part = openPart(place)
    temporary = part.temporary
    return part.descriptor
  })
  let buffered = ''
  const put = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
  }
  const flush = () => {
    put(Buffer.from(buffered))
    buffered = ''
  }
  return {
    write(text) {
      buffered += text
      if (buffered.length >= BUFFERED) guard(flush)
    },
    writeBytes: (bytes) =>
      guard(() => {
        flush()
        put(bytes)
      }),
    commit: () =>
      guard(() => {
        flush()
        if (!straight) fsyncSync(descriptor)
        closeSync(descriptor)
        open = false
        if (straight) return
        renameDurably(temporary, place)
        unfinished.delete(temporary)
      }),
    abandon() {
      if (!open) return
      open = false
      closeSync(descriptor)
      drop()
    },
  }
}

export function writeAtomically(path: string, texts: Iterable<string>): void {
  const file = openAtomicFile(path)
  for (const text of texts) file.write(text)
  file.commit()
}
