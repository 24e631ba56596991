/** Four numbers that say whether it runs: events, lag, alerts against the budget, what is known. */
import type { ReactNode } from 'react'
import { SparkLine } from '../../charts/spark-line.tsx'
import type { Now } from '../../contract/contract.ts'
import { RECENT, useLive } from '../../live/live.tsx'
import { To } from '../../shell/navigation.tsx'
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

export function Metrics({ now }: { now: Now | undefined }) {
  const { rates } = useLive()
  const some = <T,>(of: (now: Now) => T): T | string => (now === undefined ? '–' : of(now))
  return (
    <div className="metrics">
      <Metric
        name="Events per second"
        value={some((now) => rate(now.events_per_second))}
        foot={some((now) => `${count(now.events_total, 'event')} in all`)}
      >
        <SparkLine values={rates} length={RECENT} />
      </Metric>
      <Metric
        name="Lag"
        value={some((now) => duration(now.lag_seconds))}
        foot={some((now) =>
          now.lag_records === 0
            ? 'Everything received is judged'
            : `${count(now.lag_records, 'record')} received, not yet judged`,
        )}
      />
      <Metric
        name="Alerts today"
        value={
          <>
            {some((now) => whole(now.alerts_today))} <small>of {some((now) => whole(now.budget_per_day))}</small>
          </>
        }
        foot={some(budgetFoot)}
      >
        <Budget used={now?.alerts_today ?? 0} budget={now?.budget_per_day ?? 1} />
      </Metric>
      <section className="panel metric" aria-label="Known">
        <h2 className="metric-name">Known</h2>
        <dl className="known">
          {(['users', 'hosts', 'addresses'] as const).map((name) => (
            <div key={name}>
              <dt>{name.charAt(0).toUpperCase() + name.slice(1)}</dt>
              <dd>{some((now) => whole(now[name]))}</dd>
            </div>
          ))}
        </dl>
        <p className="metric-foot">
          <To href="/data" className={now && now.refused_total > 0 ? 'link' : ''}>
            {some((now) => count(now.refused_total, 'line'))} refused
          </To>
        </p>
      </section>
    </div>
  )
}
