/** What a person chose for this browser: zone, theme, single keys. Kept where the browser keeps things, told to all who show it. */
import { useSyncExternalStore } from 'react'
import { localZone, UTC } from '../time/zone.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

interface Preferences {
  utc: boolean
  theme: Theme
  /** Whether single letters act: who dictates to the browser may not want that. */
  keys: boolean
}

const PLACE = 'heedful-preferences'
const USUAL: Preferences = { utc: false, theme: 'system', keys: true }

function load(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Preferences>
    return {
      utc: kept.utc === true,
      theme: THEMES.find((theme) => theme === kept.theme) ?? USUAL.theme,
      keys: kept.keys !== false,
    }
  } catch {
    return USUAL
  }
}

let current = load()
const watchers = new Set<() => void>()

function apply({ theme }: Preferences): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
apply(current)

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  apply(current)
  try {
    localStorage.setItem(PLACE, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing: it holds until the page is closed.
  }
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const preferences = (): Preferences => current
export const usePreferences = (): Preferences => useSyncExternalStore(watch, preferences)

/** The zone in which times are shown. */
export function useZone(): string {
  return usePreferences().utc ? UTC : localZone()
}
