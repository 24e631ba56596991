/** How things stand: what comes in, what it costs of the budget, and who is at risk. */
import type { Now } from '../../contract/contract.ts'
import { useNow } from '../../live/questions.ts'
import { Moment } from '../../parts/moment.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { useSpace } from '../../shell/navigation.tsx'
import { MAIN } from '../../shell/routes.ts'
import { ConnectPanel } from './connect-panel.tsx'
import { DemoBanner } from './demo-banner.tsx'
import { FileMetrics, Metrics } from './metrics.tsx'
import { NewestAlerts } from './newest-alerts.tsx'
import { Riskiest } from './riskiest.tsx'
import './now-view.css'

function WarmUp({ now }: { now: Now }) {
  if (now.warmup_until === null) return null
  return (
    <p className="note-box">
      <strong>Still learning.</strong> Until <Moment at={now.warmup_until} /> habits are learned and only bursts of
      failures speak; nothing is wrong when few alerts come.
    </p>
  )
}

export function NowView() {
  const now = useNow()
  const isLive = useSpace() === MAIN
  return (
    <div className="now">
      <h1 className="hidden">Now</h1>
      {now.data?.demo && <DemoBanner demo={now.data.demo} />}
      {now.data && isLive && <WarmUp now={now.data} />}
      {now.isError && !now.data ? (
        <section className="panel">
          <Failed error={now.error} onRetry={() => void now.refetch()} />
        </section>
      ) : (
        <>
          {isLive ? <Metrics now={now.data} /> : <FileMetrics now={now.data} />}
          <div className="now-columns">
            <section className="panel" aria-labelledby="riskiest">
              <div className="panel-head">
                <h2 id="riskiest">{isLive ? 'Most at risk now' : 'Most at risk on its last day'}</h2>
              </div>
              {now.data ? <Riskiest riskiest={now.data.riskiest} /> : <Loading what="entities" />}
            </section>
            <NewestAlerts />
          </div>
        </>
      )}
      {isLive && <ConnectPanel empty={now.data?.events_total === 0} demo={Boolean(now.data?.demo)} />}
    </div>
  )
}
