/** New and changed alerts into the pages of a list, without moving what is already there. */
import type { Alert, AlertPage, Label } from '../contract/contract.ts'

/** Newest first, ties by id: the order in which the server lists. */
export function newestFirst(a: Alert, b: Alert): number {
  if (a.time !== b.time) return a.time < b.time ? 1 : -1
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

/** Replaces an alert where it stands. The very same pages when it is not in them. */
export function replaceAlert(pages: readonly AlertPage[], alert: Alert): AlertPage[] {
  return mapAlert(pages, alert.id, () => alert)
}

export function setLabel(pages: readonly AlertPage[], id: string, label: Label | null): AlertPage[] {
  return mapAlert(pages, id, (alert) => (alert.label === label ? alert : { ...alert, label }))
}

function mapAlert(pages: readonly AlertPage[], id: string, change: (alert: Alert) => Alert): AlertPage[] {
  let changed = false
  const next = pages.map((page) => {
    const at = page.alerts.findIndex((alert) => alert.id === id)
    const before = page.alerts[at]
    if (before === undefined) return page
    const after = change(before)
    if (after === before) return page
    changed = true
    return { ...page, alerts: page.alerts.with(at, after) }
  })
  return changed ? next : (pages as AlertPage[])
}

/** Puts alerts that are not listed yet into the first page, newest first. */
export function insertAlerts(pages: readonly AlertPage[], arrived: readonly Alert[]): AlertPage[] {
  const [first, ...others] = pages
  if (first === undefined) return []
  const listed = new Set(pages.flatMap(({ alerts }) => alerts.map(({ id }) => id)))
  const fresh = arrived.filter(({ id }) => !listed.has(id))
  if (fresh.length === 0) return pages as AlertPage[]
  const alerts = [...fresh, ...first.alerts].sort(newestFirst)
  const grown = ({ total, ...page }: AlertPage): AlertPage => ({ ...page, total: total + fresh.length })
  return [{ ...grown(first), alerts }, ...others.map(grown)]
}
