/** Whether the list is as narrow as a phone, where a row takes three lines. */
import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 760px)')

const watch = (watcher: () => void) => {
  narrow.addEventListener('change', watcher)
  return () => narrow.removeEventListener('change', watcher)
}

export const useNarrow = (): boolean => useSyncExternalStore(watch, () => narrow.matches)
