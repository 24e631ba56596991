/** Alerts as a table that fits the terminal: how bad, when, who, and what with its reasons. */
import type { Alert, Severity } from '@heedful/stream'
import colours from 'picocolors'
import { plainText } from './plain-text.ts'
import { columnsOf, wrapText } from './wrap-text.ts'

const COLOUR: Record<Severity, (text: string) => string> = {
  critical: (text) => colours.bold(colours.red(text)),
  high: colours.red,
  medium: colours.yellow,
  low: colours.cyan,
}

/** Narrowest width that is laid out; what is narrower still wraps in the terminal. */
const NARROWEST = 60
const REASONS = 3
/** Lines of a reason; `explain` shows all of it. */
const REASON_LINES = 2

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

function wrapped(text: string, width: number, indent = ''): string[] {
  return wrapText(plainText(text), width - indent.length).map((line) => indent + line)
}

function briefly(lines: string[]): string[] {
  if (lines.length <= REASON_LINES) return lines
  const kept = lines.slice(0, REASON_LINES)
  return [...kept.slice(0, -1), `${kept.at(-1)} …`]
}

function story(alert: Alert, idLength: number, width: number): string {
  const lines = alert.reasons.slice(0, REASONS).flatMap(({ text }) => {
    const [first = '', ...rest] = briefly(wrapped(text, width - 2, '    '))
    return [first.replace('    ', '  - '), ...rest]
  })
  const more = alert.reasons.length - REASONS
  if (more > 0) lines.push(colours.dim(`  - and ${count(more, 'weaker reason')}`))
  lines.push(...wrapped(facts(alert, idLength), width, '  ').map(colours.dim))
  return lines.join('\n')
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

/** Cells of one row, each of one or more lines, side by side. `style` colours a cell's lines once they have their width. */
function row(cells: readonly { lines: string[]; width: number; style(text: string): string }[]): string[] {
  const height = Math.max(...cells.map(({ lines }) => lines.length))
  return Array.from({ length: height }, (_, i) =>
    cells
      .map(({ lines, width, style }) => {
        const text = lines[i] ?? ''
        return (text === '' ? '' : style(text)) + ' '.repeat(Math.max(0, width - columnsOf(text)))
      })
      .join('')
      .trimEnd(),
  )
}

/** `width` in columns of the terminal. */
export function alertsTable(alerts: readonly Alert[], width: number): string {
  const fits = Math.max(NARROWEST, Math.min(width, 120))
  const who = Math.min(30, Math.max(16, Math.floor(fits / 4)))
  const idLength = uniqueLength(alerts.map(({ id }) => id))
  const blocks = alerts.map((alert) => {
    const plain = (text: string) => text
    const entity = wrapped(`${alert.entity.type} ${alert.entity.id}`, who - 1).slice(0, 4)
    const first = row([
      { lines: [alert.severity], width: 10, style: COLOUR[alert.severity] },
      { lines: [minuteOf(alert.time)], width: 18, style: plain },
      { lines: entity, width: who, style: colours.bold },
      { lines: wrapped(alert.title, fits - 28 - who), width: 0, style: colours.bold },
    ])
    return [...first, story(alert, idLength, fits)].join('\n')
  })
  return blocks.join('\n\n')
}
