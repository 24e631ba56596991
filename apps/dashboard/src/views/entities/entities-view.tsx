/** Everybody and everything that is known, to be found by name or by risk. */
import { useEffect, useRef, useState } from 'react'
import type { EntityInList } from '../../contract/contract.ts'
import { MOST_ENTITIES, useEntities } from '../../live/questions.ts'
import { EntityName } from '../../parts/entity-name.tsx'
import { Icon } from '../../parts/icons.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Empty, Failed, Loading } from '../../parts/states.tsx'
import { useKeys } from '../../shell/keys.ts'
import { surprise, whole } from '../../words/numbers.ts'
import './entities-view.css'

const TYPES = ['', 'user', 'host', 'address', 'network'] as const
const ORDERS = { risk: 'By risk', recent: 'Latest first' } as const
const PAUSE = 200

function EntityTable({ entities }: { entities: readonly EntityInList[] }) {
  const most = Math.max(...entities.map(({ risk }) => risk), 1)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
    <section className="table-box" tabIndex={0} aria-label="Table of entities">
      <table className="entities-table">
        <thead>
          <tr>
            <th scope="col">Entity</th>
            <th scope="col">Risk</th>
            <th scope="col" className="numeric">
              Alerts
            </th>
            <th scope="col" className="numeric wide">
              Events
            </th>
            <th scope="col" className="numeric wide">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => (
            <tr key={`${entity.type} ${entity.id}`}>
              <td>
                <EntityName entity={entity} />
              </td>
              <td className="risk-cell">
                <div>
                  <span className="number">{surprise(entity.risk)}</span>
                  <svg className="risk-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect className="share-ground" width="100" height="6" />
                    <rect className="share-fill bar-fill" width={(Math.max(0, entity.risk) / most) * 100} height="6" />
                  </svg>
                </div>
              </td>
              <td className="numeric">{whole(entity.alerts)}</td>
              <td className="numeric wide">{whole(entity.events)}</td>
              <td className="numeric wide">
                <Moment at={entity.last} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What was typed, once the typing pauses. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

export function EntitiesView() {
  const [q, setQ] = useState('')
  const [type, setType] = useState<string>('')
  const [order, setOrder] = useState<keyof typeof ORDERS>('risk')
  const field = useRef<HTMLInputElement>(null)
  const { data, error, refetch } = useEntities(usePaused(q.trim()), type, order)
  useKeys({ '/': () => field.current?.focus() })
  return (
    <div className="entities">
      <h1>Entities</h1>
      <search className="filters">
        <div className="filter-search">
          <Icon name="search" size={14} />
          <input
            ref={field}
            className="field"
            type="search"
            aria-label="Search entities"
            placeholder="Search by name"
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </div>
        <select className="field" aria-label="Type" value={type} onChange={(event) => setType(event.target.value)}>
          {TYPES.map((each) => (
            <option key={each} value={each}>
              {each === '' ? 'All types' : each}
            </option>
          ))}
        </select>
        <select
          className="field"
          aria-label="Order"
          value={order}
          onChange={(event) => setOrder(event.target.value === 'recent' ? 'recent' : 'risk')}
        >
          {Object.entries(ORDERS).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </search>
      <div className="panel">
        {data === undefined ? (
          error ? (
            <Failed error={error} onRetry={() => void refetch()} />
          ) : (
            <Loading what="entities" lines={10} />
          )
        ) : data.length === 0 ? (
          <Empty icon="people" title={q === '' ? 'Nobody is known yet' : 'Nobody is called that'}>
            <p>{q === '' ? 'Who appears in the log appears here.' : 'Names are searched as the log writes them.'}</p>
          </Empty>
        ) : (
          <>
            <EntityTable entities={data} />
            {data.length >= MOST_ENTITIES && (
              <p className="quiet small">The first {MOST_ENTITIES}. The search finds the others by name.</p>
            )}
          </>
        )}
      </div>
    </div>
  )
}
