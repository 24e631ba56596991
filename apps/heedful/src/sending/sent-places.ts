/**
 * How far files were sent, in a file of its own: a sender that is stopped goes on there. What is on its way is noted first,
 * so that after a crash the very same lines go out again under the same key, and the server takes them once.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CommandError, messageOf } from '../errors.ts'
import type { Place } from '../intake/follower.ts'
import { renameDurably, syncFile } from '../store/durable.ts'
import { makeFolder } from '../store/make-folder.ts'

export interface OnItsWay {
  key: string
  lines: string[]
  place: Place
}

interface Kept {
  version: 1
  places: Place[]
  onItsWay: OnItsWay | null
}

/** Files that are remembered: rotated ones are forgotten some day. */
const MOST = 50

export class SentPlaces {
  private readonly path: string
  private kept: Kept

  /** Throws `CommandError` where the file is there and cannot be read. */
  constructor(path: string) {
    this.path = resolve(path)
    this.kept = this.read()
  }

  get places(): readonly Place[] {
    return this.kept.places
  }

  get onItsWay(): OnItsWay | null {
    return this.kept.onItsWay
  }

  begin(onItsWay: OnItsWay): void {
    this.write({ ...this.kept, onItsWay })
  }

  /** What was on its way has arrived. */
  arrived(): void {
    const { onItsWay, places } = this.kept
    if (onItsWay === null) return
    const others = places.filter(({ id }) => id !== onItsWay.place.id)
    this.write({ version: 1, places: [...others, onItsWay.place].slice(-MOST), onItsWay: null })
  }

  private read(): Kept {
    if (!existsSync(this.path)) return { version: 1, places: [], onItsWay: null }
    try {
      const kept = JSON.parse(readFileSync(this.path, 'utf8')) as Kept
      if (kept.version === 1 && Array.isArray(kept.places)) return kept
      throw new Error('it is of another form')
    } catch (error) {
      throw new CommandError(
        'file-unreadable',
        `${this.path} says how far was sent, and cannot be read: ${messageOf(error)}`,
        'delete it to send the file from its start, or name another one with --state',
      )
    }
  }

  private write(kept: Kept): void {
    this.kept = kept
    try {
      makeFolder(dirname(this.path))
      writeFileSync(`${this.path}.part`, JSON.stringify(kept), { mode: 0o600 })
      syncFile(`${this.path}.part`)
      renameDurably(`${this.path}.part`, this.path)
    } catch (error) {
      throw new CommandError(
        'output-unwritable',
        `${this.path} cannot be written: ${messageOf(error)}`,
        'name a place that you may write to with --state',
      )
    }
  }
}
