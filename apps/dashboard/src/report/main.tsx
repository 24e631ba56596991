/** The report of a scan: the parts of the analyst's page in one file that brings along all that it shows. */
import '../styles/tokens.css'
import '../styles/base.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Report } from '../contract/report.ts'
import { SourceContext } from '../live/source.ts'
import { Empty } from '../parts/states.tsx'
import { AddressBarContext } from '../shell/address-bar.ts'
import { sourceOf } from './given.ts'
import { hashAddress } from './hash-address.ts'
import { ReportApp } from './report-app.tsx'

const client = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, networkMode: 'always' } },
})

/** @throws SyntaxError where the file was cut */
const readReport = (): Report => JSON.parse(document.getElementById('given')?.textContent ?? '') as Report

function Whole({ report }: { report: Report }) {
  return (
    <AddressBarContext value={hashAddress}>
      <SourceContext value={sourceOf(report)}>
        <QueryClientProvider client={client}>
          <ReportApp report={report} />
        </QueryClientProvider>
      </SourceContext>
    </AddressBarContext>
  )
}

/** A file that was cut on its way has no end, and is no JSON. */
const Unreadable = () => (
  <main>
    <Empty icon="file" title="This report cannot be read" level="h1">
      <p>It is not whole: copy it again, or write it anew with heedful scan --report.</p>
    </Empty>
  </main>
)

function opened() {
  try {
    return <Whole report={readReport()} />
  } catch {
    return <Unreadable />
  }
}

createRoot(document.getElementById('root') as HTMLElement).render(<StrictMode>{opened()}</StrictMode>)
