/** The report of a comparison, in one file that brings along all that it shows. */
import '../styles/tokens.css'
import '../styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Comparison } from '../contract/comparison.ts'
import { ComparisonApp } from './comparison-app.tsx'

/** A file that was cut on its way has no end, and is no JSON. */
const Unreadable = () => (
  <main>
    <h1>This report cannot be read</h1>
    <p>It is not whole: copy it again, or write it anew with heedful compare --report.</p>
  </main>
)

function opened() {
  try {
    const comparison = JSON.parse(document.getElementById('given')?.textContent ?? '') as Comparison
    return <ComparisonApp comparison={comparison} />
  } catch {
    return <Unreadable />
  }
}

document.title = 'Comparison · Heedful report'
createRoot(document.getElementById('root') as HTMLElement).render(<StrictMode>{opened()}</StrictMode>)
