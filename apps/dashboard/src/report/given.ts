/** Answers the questions of the page's views from what the report brings along, as the server would. */
import type { AlertInFull, AlertPage, Context } from '../contract/contract.ts'
import type { Report, ReportedAlert } from '../contract/report.ts'
import type { Query, Source } from '../contract/source.ts'
import { matches, readFilters } from '../filters/filters.ts'
import { Problem } from '../http/problem.ts'

const ALERT = '/v1/alerts/'
const NOTHING: Context = { hours: null, places: [], networks: [], devices: [], services: [] }

function wordsOf(query: Query): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) words.set(name, String(value))
  return words.toString()
}

export function sourceOf({ alerts, contexts }: Report): Source {
  const whole = alerts.map(
    (alert: ReportedAlert): AlertInFull => ({ ...alert, context: contexts[alert.context] ?? NOTHING }),
  )
  const byId = new Map(whole.map((alert) => [alert.id, alert]))
  const list = (query: Query): AlertPage => {
    const filters = readFilters(wordsOf(query))
    const found = whole.filter((alert) => matches(filters, alert))
    return { alerts: found, next_cursor: null, total: found.length }
  }
  const answer = (path: string, query: Query): unknown => {
    if (path === '/v1/alerts') return list(query)
    const alert = path.startsWith(ALERT) ? byId.get(decodeURIComponent(path.slice(ALERT.length))) : undefined
    if (alert !== undefined) return alert
    throw new Problem(404, 'not-in-report', 'This is not in the report', 'It may be in the data folder of the scan.')
  }
  return {
    goesOn: false,
    get: async <T>(path: string, query: Query = {}) => answer(path, query) as T,
  }
}
