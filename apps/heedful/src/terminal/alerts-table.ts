/** Alerts as a list that fits the terminal: how bad, when, who, what, and why; weak ones in a line each. */
import type { Alert, Severity } from '@heedful/stream'
import { colours } from './colours.ts'
import { plainText, shorten } from './plain-text.ts'
import { wrapText } from './wrap-text.ts'

const COLOUR: Record<Severity, (text: string) => string> = {
  critical: (text) => colours.bold(colours.red(text)),
  high: colours.red,
  medium: colours.yellow,
  low: colours.cyan,
}

/** Narrowest width that is laid out; what is narrower still wraps in the terminal. */
const NARROWEST = 60
const REASONS = 3
/** At most so many are told with their reasons, and so many in a line each. */
const TOLD = 25
const LISTED = 15
/** So many of the strongest are told also where all are weak. */
const ALWAYS_TOLD = 5
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

function facts(alert: Alert, id: string): string {
  const parts = [id, `risk ${alert.risk.toFixed(1)}`, count(alert.eventsTotal, 'event')]
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

const who = ({ entity }: Alert) => plainText(`${entity.type} ${entity.id}`)

/** When it is and whose; then what and why. */
function told(alert: Alert, id: string, width: number): string {
  const head = `${COLOUR[alert.severity](alert.severity.padEnd(10))}${minuteOf(alert.time)}  `
  const [name = '', ...more] = wrapText(who(alert), width - 28)
  const lines = [`${head}${colours.bold(name)}`, ...more.slice(0, 3).map((part) => ' '.repeat(28) + colours.bold(part))]
  lines.push(...wrapped(alert.title, width, '  ').map(colours.bold))
  for (const { text } of alert.reasons.slice(0, REASONS)) {
    const [first = '', ...rest] = briefly(wrapped(text, width - 2, '    '))
    lines.push(first.replace('    ', '  - '), ...rest)
  }
  const weaker = alert.reasons.length - REASONS
  if (weaker > 0) lines.push(colours.dim(`  - and ${count(weaker, 'weaker reason')}`))
  lines.push(...wrapped(facts(alert, id), width, '  ').map(colours.dim))
  return lines.join('\n')
}

function listed(alert: Alert, id: string, width: number): string {
  const line = shorten(`${minuteOf(alert.time)}  ${id}  ${who(alert)}: ${plainText(alert.title)}`, width - 10)
  return `${COLOUR[alert.severity](alert.severity.padEnd(10))}${line}`
}

/** `alerts`: strongest first; `width` in columns of the terminal; `short` makes their ids short. */
export function alertsTable(alerts: readonly Alert[], width: number, short: (id: string) => string): string {
  const fits = Math.max(NARROWEST, Math.min(width, 120))
  const strong = alerts.filter(({ severity }, i) => severity !== 'low' || i < ALWAYS_TOLD).slice(0, TOLD)
  const weak = alerts.filter((alert) => !strong.includes(alert))
  const blocks = strong.map((alert) => told(alert, short(alert.id), fits))
  const list = weak.slice(0, LISTED).map((alert) => listed(alert, short(alert.id), fits))
  if (weak.length > LISTED)
    list.push(colours.dim(`and ${count(weak.length - LISTED, 'weaker alert')} (--alerts FILE writes all)`))
  if (list.length > 0) blocks.push(list.join('\n'))
  return blocks.join('\n\n')
}
