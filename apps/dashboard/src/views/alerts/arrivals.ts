/** Alerts that came in live and belong into a list: put in at once at its top, or kept waiting while somebody reads. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Alert, AlertPage } from '../../contract/contract.ts'
import { type Filters, matches, writeFilters } from '../../filters/filters.ts'
import { useLive } from '../../live/live.tsx'
import { insertAlerts } from '../../live/merge-alerts.ts'
import { useSpace } from '../../shell/navigation.tsx'

/** What an alert is that is listed nowhere yet; older than all that is listed, it may only not be fetched yet. */
function waitingFor(arrived: readonly Alert[], filters: Filters, pages: readonly AlertPage[]): Alert[] {
  const fitting = arrived.filter((alert) => matches(filters, alert))
  if (fitting.length === 0) return fitting
  const listed = new Set(pages.flatMap(({ alerts }) => alerts.map(({ id }) => id)))
  const last = pages.at(-1)
  const oldest = last?.next_cursor ? (last.alerts.at(-1)?.time ?? '') : ''
  return fitting.filter(({ id, time }) => !listed.has(id) && time >= oldest)
}

interface Arrivals {
  waiting: readonly Alert[]
  /** Ids that were put in lately, to be shown as new. */
  fresh: ReadonlySet<string>
  show: () => void
}

const NONE: ReadonlySet<string> = new Set()

/** @param isReading whether the list would move under somebody */
export function useArrivals(filters: Filters, pages: readonly AlertPage[], isReading: () => boolean): Arrivals {
  const client = useQueryClient()
  const space = useSpace()
  const { arrived } = useLive()
  const [fresh, setFresh] = useState(NONE)
  const waiting = useMemo(() => waitingFor(arrived, filters, pages), [arrived, filters, pages])

  const show = useCallback(() => {
    client.setQueryData<{ pages: AlertPage[]; pageParams: unknown[] }>(
      ['alerts', space, writeFilters(filters)],
      (lists) => lists && { ...lists, pages: insertAlerts(lists.pages, waiting) },
    )
    setFresh(new Set(waiting.map(({ id }) => id)))
  }, [client, space, filters, waiting])

  useEffect(() => {
    if (waiting.length > 0 && !isReading()) show()
  }, [waiting, isReading, show])

  return { waiting, fresh, show }
}
