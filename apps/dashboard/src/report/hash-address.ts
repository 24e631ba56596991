/** The address of a page that is a file: behind its `#`, as a file has no paths of its own (`report.html#/alerts/ID`). */
import { useSyncExternalStore } from 'react'
import type { AddressBar } from '../shell/address-bar.ts'
import { linkTo, splitHash } from './split-hash.ts'

const CHANGED = 'hashchange'

const watch = (watcher: () => void) => {
  addEventListener(CHANGED, watcher)
  return () => removeEventListener(CHANGED, watcher)
}

const here = () => splitHash(location.hash)

export const hashAddress: AddressBar = {
  usePath: () => useSyncExternalStore(watch, () => here().path),
  useSearch: () => useSyncExternalStore(watch, () => here().search),
  // The browser tells of hashes only that it changed itself.
  go: (href, replace) => {
    history[replace ? 'replaceState' : 'pushState'](null, '', linkTo(href))
    dispatchEvent(new Event(CHANGED))
  },
  linkTo,
}
