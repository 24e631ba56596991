/** Alerts as a table that fits the terminal: how bad, when, who, and what with its reasons. */
import type { Alert, Severity } from '@heedful/stream'
import Table from 'cli-table3'
import colours from 'picocolors'
import { plainText, shorten } from './plain-text.ts'

const COLOUR: Record<Severity, (text: string) => string> = {
  critical: (text) => colours.bold(colours.red(text)),
  high: colours.red,
  medium: colours.yellow,
  low: colours.cyan,
}

/** Narrowest width that is laid out; what is narrower still wraps in the terminal. */
const NARROWEST = 60
const REASONS = 4

export const severityText = (severity: Severity) => COLOUR[severity](severity)

/** `2026-03-04 08:15`, UTC. */
export const minuteOf = (time: number) => new Date(time).toISOString().slice(0, 16).replace('T', ' ')

/** Strongest first; of equal ones the earlier. */
export function byRisk(a: Alert, b: Alert): number {
  return b.risk - a.risk || a.time - b.time || (a.id < b.id ? -1 : 1)
}

const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

function facts(alert: Alert, idLength: number): string {
  const parts = [alert.id.slice(0, idLength), `risk ${alert.risk.toFixed(1)}`, count(alert.eventsTotal, 'event')]
  if (alert.victimsTotal > 0) parts.push(count(alert.victimsTotal, 'account attacked', 'accounts attacked'))
  parts.push(...alert.techniques.slice(0, 3))
  return parts.join(' · ')
}

function story(alert: Alert, idLength: number): string {
  const reasons = alert.reasons.slice(0, REASONS).map(({ text }) => `- ${plainText(text)}`)
  const more = alert.reasons.length - reasons.length
  if (more > 0) reasons.push(colours.dim(`- and ${count(more, 'weaker reason')}`))
  return [colours.bold(plainText(alert.title)), ...reasons, colours.dim(facts(alert, idLength))].join('\n')
}

/** Words longer than a column would break its table: give them places to break. */
function breakable(text: string, width: number): string {
  return text.replace(new RegExp(`[^\\s\u001b]{${width}}`, 'gu'), '$& ')
}

/** How many characters tell all ids apart, at least eight. */
export function uniqueLength(ids: readonly string[]): number {
  const sorted = [...ids].sort()
  let length = 8
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1] as string, sorted[i] as string]
    while (a.slice(0, length) === b.slice(0, length) && length < Math.max(a.length, b.length)) length++
  }
  return length
}

/** `width` in columns of the terminal. */
export function alertsTable(alerts: readonly Alert[], width: number): string {
  const fits = Math.max(NARROWEST, Math.min(width, 140))
  const who = Math.min(26, Math.max(14, Math.floor(fits / 5)))
  const widths = [10, 12, who, fits - 10 - 12 - who - 1]
  const blank = [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'right',
    'right-mid',
    'middle',
    'mid-mid',
  ]
  const table = new Table({
    chars: { ...Object.fromEntries(blank.map((name) => [name, ''])), mid: colours.dim('─') },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colWidths: widths,
    wordWrap: true,
  })
  const idLength = uniqueLength(alerts.map(({ id }) => id))
  const last = (widths[3] as number) - 2
  for (const alert of alerts) {
    const [day, minute] = minuteOf(alert.time).split(' ')
    const entity = breakable(plainText(alert.entity.id), who - 3)
    table.push([
      severityText(alert.severity),
      `${day}\n${minute}`,
      `${colours.dim(alert.entity.type)}\n${shorten(entity, who * 4)}`,
      breakable(story(alert, idLength), last),
    ])
  }
  return table.toString()
}
