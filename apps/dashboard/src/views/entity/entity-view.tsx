/** One user, host, address: risk over time and what it comes from, habits, peers, how well it is known. */
import { useMemo } from 'react'
import { RiskChart } from '../../charts/risk-chart.tsx'
import type { Entity, EntityInFull } from '../../contract/contract.ts'
import { useEntity } from '../../live/questions.ts'
import { Icon } from '../../parts/icons.tsx'
import { LabelChip } from '../../parts/label-buttons.tsx'
import { Moment } from '../../parts/moment.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { To } from '../../shell/navigation.tsx'
import { alertPath } from '../../shell/routes.ts'
import { count, surprise, whole } from '../../words/numbers.ts'
import { Peers } from './peers.tsx'
import { Habits } from './side-by-side.tsx'
import './entity-view.css'

const CONTRIBUTIONS = 8

function Contributions({ contributions }: Pick<EntityInFull, 'contributions'>) {
  const most = contributions[0]?.weight ?? 1
  return (
    <section className="panel" aria-labelledby="contributions">
      <h2 id="contributions">What its alerts come from</h2>
      {contributions.length === 0 && <p className="quiet small">It had no alert in the last 28 days.</p>}
      <ol className="contributions">
        {contributions.slice(0, CONTRIBUTIONS).map(({ behaviour, title, family, weight }) => (
          <li key={behaviour} className="contribution">
            <span>
              {title} <span className="quiet">{family}</span>
            </span>
            <span className="number">{surprise(weight)}</span>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect className="share-ground" width="100" height="6" rx="1" />
              <rect className="fall-bar bar-fill" width={(weight / most) * 100} height="6" rx="1" />
            </svg>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Alerts({ person }: { person: EntityInFull }) {
  const query = new URLSearchParams({ entity_type: person.entity.type, entity: person.entity.id })
  return (
    <section className="panel" aria-labelledby="person-alerts">
      <div className="panel-head">
        <h2 id="person-alerts">Alerts</h2>
        {person.alerts.length > 0 && (
          <To href={`/alerts?${query}`} className="link small">
            In the list
          </To>
        )}
      </div>
      {person.alerts.length === 0 && <p className="quiet small">None.</p>}
      <ol className="rows">
        {person.alerts.map(({ id, title, time, severity, label, reasons }) => (
          <li key={id}>
            <To href={alertPath(id)} className="row row-link">
              <span className="row-title">{title}</span>
              <span className="row-side">
                <LabelChip label={label} /> <Moment at={time} />
              </span>
              <span className="row-text">{reasons[0]?.text}</span>
              <SeverityMark severity={severity} />
            </To>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Person({ person }: { person: EntityInFull }) {
  const points = useMemo(() => person.risk.map(({ time, risk }) => ({ time: Date.parse(time), risk })), [person.risk])
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Risk now</dt>
          <dd>{surprise(person.risk_now)}</dd>
        </div>
        <div>
          <dt>Known since</dt>
          <dd>
            <Moment at={person.first} />
          </dd>
        </div>
        <div>
          <dt>Last seen</dt>
          <dd>
            <Moment at={person.last} />
          </dd>
        </div>
        <div>
          <dt>Events</dt>
          <dd>{whole(person.events)}</dd>
        </div>
        <div>
          <dt>How well known</dt>
          <dd>
            {person.maturity.label}, {count(person.maturity.events, 'event')} learned
          </dd>
        </div>
      </dl>
      <div className="person-columns">
        <section className="panel" aria-labelledby="risk">
          <h2 id="risk">Risk over the last 28 days</h2>
          <RiskChart points={points} />
        </section>
        <Contributions contributions={person.contributions} />
      </div>
      <Alerts person={person} />
      <Peers person={person} />
      <Habits person={person} />
    </>
  )
}

export function EntityView({ entity }: { entity: Entity }) {
  const { data, error, refetch } = useEntity(entity)
  return (
    <article className="person">
      <header>
        <nav className="crumbs" aria-label="Up">
          <To href="/entities" className="button button-bare">
            <Icon name="back" size={14} /> Entities
          </To>
        </nav>
        <div className="person-title">
          <h1>{entity.id}</h1>
          <span className="chip">{entity.type}</span>
        </div>
      </header>
      {data === undefined ? (
        <section className="panel">
          {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading what={entity.id} lines={10} />}
        </section>
      ) : (
        <Person person={data} />
      )}
    </article>
  )
}
