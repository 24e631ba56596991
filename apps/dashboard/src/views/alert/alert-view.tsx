/** One alert in full: the sentence, why, what is usual, the lines; labelled here, and left for the next by one key. */

import { useEffect, useRef } from 'react'
import type { AlertInFull } from '../../contract/contract.ts'
import { useAlert } from '../../live/questions.ts'
import { EntityName } from '../../parts/entity-name.tsx'
import { Icon } from '../../parts/icons.tsx'
import { KeyHint } from '../../parts/key-hint.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { useKeys } from '../../shell/keys.ts'
import { To, useGo } from '../../shell/navigation.tsx'
import { useZone } from '../../shell/preferences.ts'
import { alertPath } from '../../shell/routes.ts'
import { span, zoneName } from '../../time/format.ts'
import { rarity, surprise, whole } from '../../words/numbers.ts'
import { keepPlace, neighbour, readPlace } from '../alerts/place-in-list.ts'
import { Techniques, Victims } from './attack.tsx'
import { LabelHistory, LabelSide } from './label-side.tsx'
import { RawEvents } from './raw-events.tsx'
import { Reasons } from './reasons.tsx'
import { Usual } from './usual.tsx'
import './alert-view.css'

function Crumbs({ id }: { id: string }) {
  const go = useGo()
  const back = readPlace()?.href ?? '/alerts'
  const step = (by: -1 | 1) => {
    const next = neighbour(id, by)
    if (next === undefined) return
    go(alertPath(next), true)
    scrollTo(0, 0)
  }
  useKeys({ j: () => step(1), k: () => step(-1), Escape: () => go(back) })
  return (
    <nav className="crumbs" aria-label="In the list">
      <To href={back} className="button button-bare">
        <Icon name="back" size={14} /> Alerts
      </To>
      <span className="crumbs-steps">
        {([-1, 1] as const).map((by) => (
          <button
            key={by}
            type="button"
            className="button"
            disabled={neighbour(id, by) === undefined}
            onClick={() => step(by)}
          >
            {by < 0 ? 'Previous' : 'Next'} <KeyHint name={by < 0 ? 'k' : 'j'} />
          </button>
        ))}
      </span>
    </nav>
  )
}

function Facts({ alert }: { alert: AlertInFull }) {
  const zone = useZone()
  const from = Date.parse(alert.time)
  const facts: [string, string][] = [
    ['When', `${span(from, Date.parse(alert.last_time), zone)} ${zoneName(from, zone)}`],
    ['Risk', surprise(alert.risk)],
    ['Rarest event', `${rarity(alert.p_value)}${alert.modelled ? ', modelled' : ''}`],
    ['Events', whole(alert.events_total)],
  ]
  if (alert.state === 'over_budget') facts.push(['State', 'over budget: listed, not raised'])
  return (
    <dl className="facts">
      <div>
        <dt>Who</dt>
        <dd>
          <EntityName entity={alert.entity} />
        </dd>
      </div>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Head({ alert }: { alert: AlertInFull }) {
  const title = useRef<HTMLHeadingElement>(null)
  // Whoever comes from the list hears what this is.
  useEffect(() => title.current?.focus({ preventScroll: true }), [])
  return (
    <header className="alert-head">
      <div className="alert-title">
        <div>
          <SeverityMark severity={alert.severity} />
          <h1 ref={title} tabIndex={-1}>
            {alert.title}
          </h1>
        </div>
        <LabelSide alert={alert} />
      </div>
      {alert.reasons[0] !== undefined && <p className="alert-sentence">{alert.reasons[0].text}</p>}
      <Facts alert={alert} />
    </header>
  )
}

export function AlertView({ id }: { id: string }) {
  const { data: alert, error, refetch } = useAlert(id)
  useEffect(() => {
    const place = readPlace()
    if (place !== undefined) keepPlace({ ...place, cursor: id })
    else keepPlace({ list: '', href: '/alerts', offset: 0, ids: [], cursor: id })
  }, [id])
  return (
    <article className="alert">
      <Crumbs id={id} />
      {alert === undefined ? (
        <section className="panel">
          {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading what="the alert" lines={10} />}
        </section>
      ) : (
        <>
          <Head alert={alert} />
          <Reasons reasons={alert.reasons} risk={alert.risk} about={alert.entity} />
          <Usual context={alert.context} time={Date.parse(alert.time)} />
          <div className="alert-columns">
            <Techniques techniques={alert.techniques} />
            <Victims victims={alert.victims} victims_total={alert.victims_total} />
            <LabelHistory feedback={alert.feedback} />
          </div>
          <RawEvents raw={alert.raw} total={alert.events_total} />
        </>
      )}
    </article>
  )
}
