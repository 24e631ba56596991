/** The list of alerts: live without moving under the reader, filtered by its address, worked through by keyboard. */
import { useCallback, useMemo, useRef, useState } from 'react'
import { type Filters, readFilters, writeFilters } from '../../filters/filters.ts'
import { useAlerts } from '../../live/questions.ts'
import { useSource } from '../../live/source.ts'
import { Empty, Failed, Loading } from '../../parts/states.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useGo, useSearch, useSpace } from '../../shell/navigation.tsx'
import { MAIN } from '../../shell/routes.ts'
import { count } from '../../words/numbers.ts'
import { AlertList } from './alert-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import './alerts-view.css'

function Nothing({ filtered, still, onClear }: { filtered: boolean; still: boolean; onClear: () => void }) {
  if (!filtered && still) {
    return (
      <Empty icon="check" title="No alert in this file">
        <p>The first part of a log teaches what is usual; until then only bursts of failures speak.</p>
      </Empty>
    )
  }
  if (!filtered) {
    return (
      <Empty icon="check" title="No alerts">
        <p>Nothing that was read is worth your time yet. New alerts appear here by themselves.</p>
      </Empty>
    )
  }
  return (
    <Empty icon="search" title="No alert is like that">
      <p>None passes all the filters.</p>
      <div className="state-actions">
        <button type="button" className="button button-main" onClick={onClear}>
          Clear the filters
        </button>
      </div>
    </Empty>
  )
}

export function AlertsView() {
  const search = useSearch()
  const space = useSpace()
  const go = useGo()
  const { goesOn } = useSource()
  const filters = useMemo(() => readFilters(search), [search])
  const field = useRef<HTMLInputElement>(null)
  const alerts = useAlerts(filters)
  const newestGo = useRef(go)
  newestGo.current = go
  const setFilters = useCallback((next: Filters) => newestGo.current(`/alerts${writeFilters(next)}`, true), [])
  const [waiting, setWaiting] = useState(0)
  useKeys({ '/': () => field.current?.focus() })
  const pages = alerts.data?.pages
  const total = pages?.[0]?.total
  const written = writeFilters(filters)
  return (
    <div className="alerts">
      <div className="alerts-head">
        <h1>Alerts</h1>
        <span className="quiet small number" role="status">
          {total === undefined ? '' : count(total, 'alert')}
          {total !== undefined && total > 1 && !goesOn ? ', strongest first' : ''}
          {waiting > 0 ? `, ${waiting} new` : ''}
        </span>
      </div>
      <FilterBar filters={filters} onChange={setFilters} search={field} />
      <div className="list-box">
        {pages === undefined ? (
          alerts.isError ? (
            <Failed error={alerts.error} onRetry={() => void alerts.refetch()} />
          ) : (
            <div className="panel">
              <Loading what="alerts" lines={12} />
            </div>
          )
        ) : (
          <AlertList
            key={`${space} ${written}`}
            list={`${space} ${written}`}
            href={`/alerts${written}`}
            filters={filters}
            pages={pages}
            more={alerts}
            onWaiting={setWaiting}
            nothing={
              <Nothing
                filtered={written !== ''}
                still={space !== MAIN || !goesOn}
                onClear={() => setFilters(readFilters(''))}
              />
            }
          />
        )}
      </div>
    </div>
  )
}
