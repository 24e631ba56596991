/** The key that a server on another address than this machine asks for: kept for this tab only. */

const PLACE = 'heedful-key'
const watchers = new Set<() => void>()
let wanted = false

const tell = () => {
  for (const watcher of watchers) watcher()
}

export const readKey = (): string | null => sessionStorage.getItem(PLACE)

export function keepKey(key: string): void {
  sessionStorage.setItem(PLACE, key.trim())
  wanted = false
  tell()
}

/** The server answered 401: whatever key there was does not open it. */
export function askForKey(): void {
  sessionStorage.removeItem(PLACE)
  if (wanted) return
  wanted = true
  tell()
}

export const isKeyWanted = (): boolean => wanted

export function watchKey(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function authorization(): Record<string, string> {
  const key = readKey()
  return key === null ? {} : { authorization: `Bearer ${key}` }
}
