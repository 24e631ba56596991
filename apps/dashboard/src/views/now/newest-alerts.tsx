/** The newest alerts, live; the whole list is one step away. */
import { useMemo } from 'react'
import { NO_FILTERS } from '../../filters/filters.ts'
import { useLive } from '../../live/live.tsx'
import { insertAlerts } from '../../live/merge-alerts.ts'
import { useAlerts } from '../../live/questions.ts'
import { Moment } from '../../parts/moment.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { Empty, Failed, Loading } from '../../parts/states.tsx'
import { To } from '../../shell/navigation.tsx'
import { alertPath } from '../../shell/routes.ts'

const SHOWN = 8

export function NewestAlerts() {
  const { data, error, refetch } = useAlerts(NO_FILTERS)
  const { arrived } = useLive()
  const newest = useMemo(() => {
    const raised = arrived.filter(({ state }) => state === 'raised')
    return insertAlerts(data?.pages ?? [], raised)[0]?.alerts.slice(0, SHOWN)
  }, [data, arrived])
  return (
    <section className="panel" aria-labelledby="newest">
      <div className="panel-head">
        <h2 id="newest">Newest alerts</h2>
        <To href="/alerts" className="link small">
          All alerts
        </To>
      </div>
      {newest === undefined ? (
        error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading what="alerts" />
        )
      ) : newest.length === 0 ? (
        <Empty icon="check" title="No alerts">
          <p>Nothing that was read is worth your time yet.</p>
        </Empty>
      ) : (
        <ol className="rows">
          {newest.map(({ id, severity, title, entity, time }) => (
            <li key={id}>
              <To href={alertPath(id)} className="row row-link">
                <span className="row-title">{title}</span>
                <span className="row-side">
                  <Moment at={time} />
                </span>
                <span className="row-text">
                  {entity.type} {entity.id}
                </span>
                <SeverityMark severity={severity} />
              </To>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
