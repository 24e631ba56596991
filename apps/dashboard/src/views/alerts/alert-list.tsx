/** The rows that are in sight of however many there are, with a place for the keyboard among them. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import type { Alert, AlertPage } from '../../contract/contract.ts'
import type { Filters } from '../../filters/filters.ts'
import { useSource } from '../../live/source.ts'
import { Icon } from '../../parts/icons.tsx'
import { useKeys } from '../../shell/keys.ts'
import { AlertRow } from './alert-row.tsx'
import { useArrivals } from './arrivals.ts'
import { useListKeys } from './list-keys.ts'
import { keepPlace, readPlace } from './place-in-list.ts'
import { SelectedBar } from './selected-bar.tsx'
import { useNarrow } from './use-narrow.ts'

interface AlertListProps {
  /** Which list it is. */
  list: string
  href: string
  filters: Filters
  pages: readonly AlertPage[]
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  onWaiting: (count: number) => void
  nothing: ReactNode
}

/** Heights of a row, as in alerts-view.css. Pixels. */
const WIDE_ROW = 68
const NARROW_ROW = 96
/** So many rows before the end the next page is asked for. */
const AHEAD = 60

/** Remembers where the list was left, and which alerts it held. */
function useKeptPlace(list: string, href: string, alerts: readonly Alert[], offset: () => number): void {
  const newest = useRef({ list, href, alerts, offset })
  newest.current = { list, href, alerts, offset }
  useEffect(
    () => () => {
      const { list, href, alerts, offset } = newest.current
      const cursor = readPlace()?.cursor
      keepPlace({ list, href, offset: offset(), ids: alerts.map(({ id }) => id), ...(cursor && { cursor }) })
    },
    [],
  )
}

export function AlertList({ list, href, filters, pages, more, onWaiting, nothing }: AlertListProps) {
  const { goesOn } = useSource()
  const scroller = useRef<HTMLDivElement>(null)
  const offset = useRef(0)
  const alerts = useMemo(() => pages.flatMap(({ alerts }) => alerts), [pages])
  const height = useNarrow() ? NARROW_ROW : WIDE_ROW
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = more
  const count = alerts.length + (hasNextPage ? 1 : 0)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    initialOffset: () => (readPlace()?.list === list ? (readPlace()?.offset ?? 0) : 0),
    onChange: ({ scrollOffset }) => {
      offset.current = scrollOffset ?? 0
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtualizer.measure(), [height, virtualizer])
  useKeptPlace(list, href, alerts, () => offset.current)

  const { selected, toggle, clear, labelSelected } = useListKeys(list, alerts, scroller, (index) =>
    virtualizer.scrollToIndex(index, { align: 'auto' }),
  )
  const chosen = useRef(selected)
  chosen.current = selected
  const isReading = useCallback(() => {
    const focused = scroller.current?.contains(document.activeElement) && document.activeElement !== scroller.current
    return offset.current > 4 || chosen.current.size > 0 || focused === true
  }, [])
  const { waiting, fresh, show } = useArrivals(filters, pages, isReading)
  useEffect(() => onWaiting(waiting.length), [waiting.length, onWaiting])

  const rows = virtualizer.getVirtualItems()
  const lastInSight = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastInSight >= alerts.length - AHEAD) void fetchNextPage()
  }, [lastInSight, alerts.length, hasNextPage, isFetchingNextPage, fetchNextPage])

  const showAtTop = () => {
    show()
    virtualizer.scrollToOffset(0)
    scroller.current?.focus()
  }
  useKeys({ n: () => waiting.length > 0 && showAtTop() })
  const total = pages[0]?.total ?? alerts.length
  return (
    <>
      {waiting.length > 0 && (
        <button type="button" className="button button-main new-alerts" onClick={showAtTop} aria-keyshortcuts="n">
          <Icon name="up" size={14} />
          {waiting.length} new
        </button>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too */}
      <section className="list-scroll" ref={scroller} tabIndex={0} aria-label="List of alerts">
        {alerts.length === 0 ? (
          nothing
        ) : (
          <ol className="list" style={{ height: virtualizer.getTotalSize() }}>
            {rows.map(({ index, start }) => {
              const alert = alerts[index]
              if (alert === undefined) {
                return (
                  <li key="more" className="list-more" style={{ transform: `translateY(${start}px)` }}>
                    Loading more …
                  </li>
                )
              }
              return (
                <AlertRow
                  key={alert.id}
                  alert={alert}
                  index={index}
                  total={total}
                  top={start}
                  selected={selected.has(alert.id)}
                  fresh={fresh.has(alert.id)}
                  {...(goesOn && { onSelect: toggle })}
                />
              )
            })}
          </ol>
        )}
      </section>
      {selected.size > 0 && <SelectedBar count={selected.size} onLabel={labelSelected} onClear={clear} />}
    </>
  )
}
