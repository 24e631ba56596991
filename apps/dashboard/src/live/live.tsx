/** What comes in live, for all views: the connection's state, the newest numbers, alerts as they are raised. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Alert, AlertInFull, AlertPage, Label, Now } from '../contract/contract.ts'
import { address } from '../http/request.ts'
import { MAIN } from '../shell/routes.ts'
import { type Connection, openStream } from './connection.ts'
import { newestFirst, replaceAlert, setLabel } from './merge-alerts.ts'
import type { ServerEvent } from './sse-parser.ts'

/** So many alerts that came in are held for lists to take; older ones are in the server's list anyway. */
const HELD = 1_000
/** Seconds of the small line of events per second. */
export const RECENT = 60

export interface Live {
  connection: Connection
  /** Since when the server says nothing, ms UTC; undefined while it does. */
  lost?: number | undefined
  /** Newest first: alerts that were raised since the page was opened. */
  arrived: readonly Alert[]
  /** Events per second, the newest last. */
  rates: readonly number[]
}

const NOTHING: Live = { connection: 'connecting', arrived: [], rates: [] }

class LiveStore {
  private live = NOTHING
  private readonly watchers = new Set<() => void>()
  private readonly client: QueryClient
  private readonly space: string

  constructor(client: QueryClient, space: string) {
    this.client = client
    this.space = space
  }

  readonly read = (): Live => this.live

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  set(change: Partial<Live>): void {
    this.live = { ...this.live, ...change }
    for (const watcher of this.watchers) watcher()
  }

  /** Between two attempts it is as lost as before. */
  connect(connection: Connection): void {
    const { lost } = this.live
    if (connection === 'connecting') this.set({ connection })
    else this.set({ connection, lost: connection === 'broken' ? (lost ?? Date.now()) : undefined })
  }

  /** An event whose data cannot be read is left: the next one may. */
  take({ event, data }: ServerEvent): void {
    let said: unknown
    try {
      said = JSON.parse(data)
    } catch {
      return
    }
    if (event === 'now') this.takeNow(said as Now)
    else if (event === 'alert') this.takeAlert(said as Alert)
    else if (event === 'label') this.takeLabel(said as { id: string; label: Label | null })
    else if (event === 'dead_letter') void this.client.invalidateQueries({ queryKey: ['dead-letters', this.space] })
  }

  private takeNow(now: Now): void {
    this.client.setQueryData(['now', this.space], now)
    this.set({ rates: [...this.live.rates, now.events_per_second].slice(-RECENT) })
  }

  private takeAlert(alert: Alert): void {
    changeLists(this.client, this.space, (pages) => replaceAlert(pages, alert))
    this.client.setQueryData<AlertInFull>(['alert', this.space, alert.id], (full) => full && { ...full, ...alert })
    const others = this.live.arrived.filter(({ id }) => id !== alert.id)
    this.set({ arrived: [alert, ...others].sort(newestFirst).slice(0, HELD) })
  }

  private takeLabel({ id, label }: { id: string; label: Label | null }): void {
    showLabel(this.client, this.space, id, label)
    const at = this.live.arrived.findIndex((alert) => alert.id === id)
    const alert = this.live.arrived[at]
    if (alert !== undefined) this.set({ arrived: this.live.arrived.with(at, { ...alert, label }) })
  }
}

interface Lists {
  pages: AlertPage[]
  pageParams: unknown[]
}

/** Changes every list of alerts of the space that is held, whatever its filters. */
export function changeLists(client: QueryClient, space: string, change: (pages: AlertPage[]) => AlertPage[]): void {
  client.setQueriesData<Lists>({ queryKey: ['alerts', space] }, (lists) => {
    if (lists === undefined) return undefined
    const pages = change(lists.pages)
    return pages === lists.pages ? lists : { ...lists, pages }
  })
}

/** Shows a label wherever its alert is held. */
export function showLabel(client: QueryClient, space: string, id: string, label: Label | null): void {
  changeLists(client, space, (pages) => setLabel(pages, id, label))
  client.setQueryData<AlertInFull>(['alert', space, id], (full) => full && { ...full, label })
}

const LiveContext = createContext<LiveStore | undefined>(undefined)

export function LiveProvider({ space, children }: { space: string; children: ReactNode }) {
  const client = useQueryClient()
  const [held, setHeld] = useState<{ space: string; store: LiveStore }>()
  const store = held?.space === space ? held.store : undefined
  useEffect(() => {
    const opened = new LiveStore(client, space)
    setHeld({ space, store: opened })
    if (space !== MAIN) {
      opened.connect('still')
      return
    }
    return openStream(address('/v1/stream'), {
      onEvent: (event) => opened.take(event),
      onState: (connection) => opened.connect(connection),
    })
  }, [client, space])
  return <LiveContext value={store}>{children}</LiveContext>
}

const silent = () => () => undefined
const nothing = () => NOTHING

export function useLive(): Live {
  const store = useContext(LiveContext)
  return useSyncExternalStore(store?.watch ?? silent, store?.read ?? nothing)
}
