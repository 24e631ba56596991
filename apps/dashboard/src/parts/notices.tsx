/** Short messages at the edge: what was done, and how to take it back. */

import { useSyncExternalStore } from 'react'
import { useKeys } from '../shell/keys.ts'
import { Icon } from './icons.tsx'
import { KeyHint } from './key-hint.tsx'
import './notices.css'

interface Notice {
  id: number
  text: string
  bad: boolean
  undo?: () => void
}

/** Long enough to read, and to reach by keyboard. Milliseconds. */
const SHOWN = 9_000
const MOST = 3

let notices: readonly Notice[] = []
let newest = 0
const watchers = new Set<() => void>()

function set(next: readonly Notice[]): void {
  notices = next
  for (const watcher of watchers) watcher()
}

const drop = (id: number) => set(notices.filter((notice) => notice.id !== id))

export function notify(text: string, options: { bad?: boolean; undo?: () => void } = {}): void {
  const id = ++newest
  const notice: Notice = { id, text, bad: options.bad ?? false, ...(options.undo && { undo: options.undo }) }
  set([...notices, notice].slice(-MOST))
  setTimeout(() => drop(id), SHOWN)
}

/** Takes back the newest that can be. */
function undoNewest(): void {
  const found = notices.findLast(({ undo }) => undo !== undefined)
  if (found === undefined) return
  drop(found.id)
  found.undo?.()
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function Notices() {
  const shown = useSyncExternalStore(watch, () => notices)
  useKeys({ z: undoNewest })
  return (
    <div className="notices" role="status">
      {shown.map(({ id, text, bad, undo }) => (
        <div key={id} className={bad ? 'notice notice-bad' : 'notice'}>
          <span>{text}</span>
          {undo !== undefined && (
            <button
              type="button"
              className="button"
              onClick={() => {
                drop(id)
                undo()
              }}
            >
              <Icon name="undo" size={14} /> Undo <KeyHint name="z" />
            </button>
          )}
          <button type="button" className="button button-bare" aria-label="Dismiss" onClick={() => drop(id)}>
            <Icon name="cross" size={14} />
          </button>
        </div>
      ))}
    </div>
  )
}
