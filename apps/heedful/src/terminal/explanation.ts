/** An alert in full: sentence, weights, expected beside observed, what would have made it normal, the raw lines. */
import type { Alert, Reason } from '@heedful/stream'
import type { Witness } from '../replay/find-alert.ts'
import { severityText } from './alerts-table.ts'
import { colours } from './colours.ts'
import { plainText } from './plain-text.ts'
import { wrapText } from './wrap-text.ts'

const BAR = 20
const LABEL = 10
const INDENTED = 13

const stamp = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`

function entry(label: string, text: string, width: number, column = LABEL): string {
  return wrapText(plainText(text), Math.max(30, width - column))
    .map((line, i) => `${i === 0 ? colours.bold(label.padEnd(column)) : ' '.repeat(column)}${line}`)
    .join('\n')
}

function bar(weight: number, most: number): string {
  const filled = most > 0 ? Math.max(1, Math.round((weight / most) * BAR)) : 0
  return `${'█'.repeat(filled)}${colours.dim('░'.repeat(BAR - filled))}`
}

function* reasonLines(reason: Reason, most: number, width: number): Generator<string> {
  const { text, observed, expected, normal, weight, family, behaviour } = reason
  yield `${bar(weight, most)} ${weight.toFixed(1).padStart(5)}  ${colours.dim(`${family} · ${behaviour}`)}`
  for (const line of wrapText(plainText(text), width - 2)) yield `  ${colours.bold(line)}`
  const indent = (label: string, value: string) => entry(`  ${label}`, value, width, INDENTED)
  yield indent('observed', observed)
  yield indent('expected', expected)
  if (normal !== undefined) yield indent('normal if', normal)
  yield ''
}

function* lineEntries(lines: readonly Witness[], total: number): Generator<string> {
  yield colours.bold(lines.length < total ? `The lines (${lines.length} of ${total})` : 'The lines')
  for (const { file, number, text } of lines) {
    yield colours.dim(`${plainText(file)}, line ${number}`)
    yield `  ${plainText(text)}`
  }
}

export function explanation(alert: Alert, lines: readonly Witness[], width: number): string {
  const { entity, risk, pValue, modelled, techniques, victims, victimsTotal, state } = alert
  const most = Math.max(...alert.reasons.map(({ weight }) => weight), 0)
  const modelledText = modelled ? ', modelled: rarer than anything seen' : ''
  const parts = [
    `${severityText(alert.severity)}  ${colours.bold(plainText(alert.title))}`,
    '',
    entry('Who', `${entity.type} ${entity.id}`, width),
    entry('When', `${stamp(alert.time)}${alert.lastTime > alert.time ? ` to ${stamp(alert.lastTime)}` : ''}`, width),
    entry(
      'How rare',
      `risk ${risk.toFixed(1)}; its rarest event has p = ${pValue.toPrecision(2)}${modelledText}`,
      width,
    ),
  ]
  if (techniques.length > 0) parts.push(entry('ATT&CK', techniques.join(', '), width))
  if (victimsTotal > 0) {
    const names = victims.map(({ id }) => id).join(', ')
    parts.push(
      entry(
        'Attacked',
        `${names}${victimsTotal > victims.length ? ` and ${victimsTotal - victims.length} more` : ''}`,
        width,
      ),
    )
  }
  if (state === 'over_budget') parts.push(entry('Budget', 'listed, but not raised: the day had no alerts left', width))
  parts.push(entry('Id', alert.id, width), '', colours.bold('Why, with the weight of each reason'), '')
  for (const reason of alert.reasons) parts.push(...reasonLines(reason, most, width))
  parts.push(...lineEntries(lines, alert.eventsTotal))
  return `${parts.join('\n')}\n`
}
