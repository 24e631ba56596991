/** The analyst's page. Everything that it shows comes from the server that it came from, as text. */
import './styles/tokens.css'
import './styles/base.css'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Problem } from './http/problem.ts'

/** What the server refused stays refused; that it did not answer may pass. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 4 && error instanceof Problem && (error.status === 0 || error.status === 503 || error.status === 429)

const client = new QueryClient({
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 2_000, networkMode: 'always' } },
})

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
