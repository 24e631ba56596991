/** Which view of a report an address shows. */
import { useEffect } from 'react'
import type { Report } from '../contract/report.ts'
import { Empty } from '../parts/states.tsx'
import { To, useRoute } from '../shell/navigation.tsx'
import { AlertView } from '../views/alert/alert-view.tsx'
import { AlertsView } from '../views/alerts/alerts-view.tsx'
import { LogView } from './log-view.tsx'
import { ReportShell } from './report-shell.tsx'
import './report.css'

function View({ report }: { report: Report }) {
  const route = useRoute()
  switch (route.view) {
    case 'now':
    case 'alerts':
      return <AlertsView />
    case 'alert':
      return <AlertView key={route.id} id={route.id} />
    case 'data':
      return <LogView log={report.log} leftOut={report.left_out} />
    default:
      return (
        <Empty icon="search" title="Nothing is at this address" level="h1">
          <To href="/alerts" className="button button-main">
            Go to the alerts
          </To>
        </Empty>
      )
  }
}

export function ReportApp({ report }: { report: Report }) {
  const { view } = useRoute()
  const title = view === 'alert' ? 'Alert' : view === 'data' ? 'What was read' : 'Alerts'
  useEffect(() => {
    document.title = `${title} · Heedful report`
  }, [title])
  return (
    <ReportShell report={report}>
      <View report={report} />
    </ReportShell>
  )
}
