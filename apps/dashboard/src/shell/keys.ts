/** Single keys that act, wherever the focus is, unless somebody is typing. */
import { useEffect, useRef } from 'react'
import { preferences } from './preferences.ts'

export type Keys = Record<string, (event: KeyboardEvent) => void>

const TYPING = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]'

function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !preferences().keys) return false
  if (event.target instanceof Element && event.target.closest(TYPING) !== null) return false
  return document.querySelector('dialog[open]') === null
}

/** Keys by what they write (`j`, `?`, `Escape`). The newest functions are called, so they may close over anything. */
export function useKeys(keys: Keys): void {
  const newest = useRef(keys)
  newest.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = Object.hasOwn(newest.current, event.key) ? newest.current[event.key] : undefined
      if (act === undefined || !isFree(event)) return
      event.preventDefault()
      act(event)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
