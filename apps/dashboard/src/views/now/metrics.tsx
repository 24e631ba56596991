/** Four numbers that say whether it runs: events, lag, alerts against the budget, what is known. */
import type { ReactNode } from 'react'
import { SparkLine } from '../../charts/spark-line.tsx'
import type { Now } from '../../contract/contract.ts'
import { RECENT, useLive } from '../../live/live.tsx'
import { useSpaces } from '../../live/questions.ts'
import { Moment } from '../../parts/moment.tsx'
import { To, useSpace } from '../../shell/navigation.tsx'
import { duration } from '../../time/format.ts'
import { count, rate, whole } from '../../words/numbers.ts'

interface MetricProps {
  name: string
  value: ReactNode
  foot: ReactNode
  children?: ReactNode
}

function Metric({ name, value, foot, children }: MetricProps) {
  return (
    <section className="panel metric" aria-label={name}>
      <h2 className="metric-name">{name}</h2>
      <p className="metric-value">{value}</p>
      {children}
      <p className="metric-foot">{foot}</p>
    </section>
  )
}

function Budget({ used, budget }: { used: number; budget: number }) {
  const part = budget > 0 ? Math.min(1, used / budget) : 1
  return (
    <svg className="budget" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="budget-ground" width="100" height="8" rx="1" />
      <rect
        className={part >= 1 ? 'budget-full bar-fill' : 'budget-fill bar-fill'}
        width={part * 100}
        height="8"
        rx="1"
      />
    </svg>
  )
}

const budgetFoot = ({ alerts_today: used, budget_per_day: budget }: Now): string =>
  used >= budget
    ? 'The day’s budget is used; more are listed, not raised'
    : `${whole(budget - used)} left of today’s budget`

const some = <T,>(now: Now | undefined, of: (now: Now) => T): T | string => (now === undefined ? '–' : of(now))

function Known({ now }: { now: Now | undefined }) {
  return (
    <section className="panel metric" aria-label="Known">
      <h2 className="metric-name">Known</h2>
      <dl className="known">
        {(['users', 'hosts', 'addresses'] as const).map((name) => (
          <div key={name}>
            <dt>{name.charAt(0).toUpperCase() + name.slice(1)}</dt>
            <dd>{some(now, (now) => whole(now[name]))}</dd>
          </div>
        ))}
      </dl>
      <p className="metric-foot">
        <To href="/data" className={now && now.refused_total > 0 ? 'link' : ''}>
          {some(now, (now) => count(now.refused_total, 'line'))} refused
        </To>
      </p>
    </section>
  )
}

/** Of a file that was read once: nothing comes, and nothing lags behind. */
export function FileMetrics({ now }: { now: Now | undefined }) {
  const space = useSpace()
  const alerts = useSpaces().data?.find((one) => one.space === space)?.alerts
  return (
    <div className="metrics metrics-still">
      <Metric
        name="Events"
        value={some(now, (now) => whole(now.events_total))}
        foot={
          now && (
            <>
              Read to the end, <Moment at={now.time} />
            </>
          )
        }
      />
      <Metric
        name="Alerts"
        value={alerts === undefined ? '–' : whole(alerts)}
        foot={some(now, (now) => `At most ${whole(now.budget_per_day)} a day`)}
      />
      <Known now={now} />
    </div>
  )
}

export function Metrics({ now }: { now: Now | undefined }) {
  const { rates } = useLive()
  return (
    <div className="metrics">
      <Metric
        name="Events per second"
        value={some(now, (now) => rate(now.events_per_second))}
        foot={some(now, (now) => `${count(now.events_total, 'event')} in all`)}
      >
        <SparkLine values={rates} length={RECENT} />
      </Metric>
      <Metric
        name="Lag"
        value={some(now, (now) => duration(now.lag_seconds))}
        foot={some(now, (now) =>
          now.lag_records === 0
            ? 'Everything received is judged'
            : `${count(now.lag_records, 'record')} received, not yet judged`,
        )}
      />
      <Metric
        name="Alerts today"
        value={
          <>
            {some(now, (now) => whole(now.alerts_today))}{' '}
            <small>of {some(now, (now) => whole(now.budget_per_day))}</small>
          </>
        }
        foot={some(now, budgetFoot)}
      >
        <Budget used={now?.alerts_today ?? 0} budget={now?.budget_per_day ?? 1} />
      </Metric>
      <Known now={now} />
    </div>
  )
}
