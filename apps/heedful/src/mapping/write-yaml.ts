/** A proposal as a mapping file: YAML with a remark for each guess. */

import { safeJson } from '../exports/alerts.ts'
import { plainText, shorten } from '../terminal/plain-text.ts'
import type { DeedGuess } from './guess-deed.ts'
import type { OutcomeGuess } from './guess-outcome.ts'
import type { FieldGuess, Proposal } from './propose.ts'

const PLAIN = /^[A-Za-z_@][\w ./@-]*[\w/]$|^[A-Za-z_]$/
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i

/** A text as YAML: bare where it stays itself, else in quotes; nothing in it can end its line. */
const scalar = (text: string): string =>
  PLAIN.test(text) && !RESERVED.test(text) && !text.startsWith('@') ? text : safeJson(text)

const list = (texts: readonly string[]): string => `[${texts.map(scalar).join(', ')}]`
const oneOrList = (texts: readonly string[]): string => (texts.length === 1 ? scalar(texts[0] as string) : list(texts))

/** What a person reads behind `#`. */
const remark = (text: string): string => plainText(text)

export function sureness(confidence: number): string {
  if (confidence >= 0.9) return 'sure'
  if (confidence >= 0.7) return 'likely'
  return confidence >= 0.5 ? 'a guess' : 'hardly more than chance'
}

const shown = (seen: readonly string[]): string =>
  seen.length === 0 ? '' : `; such as ${seen.map((text) => safeJson(shorten(text, 40))).join(', ')}`

const guessed = ({ field, from, confidence, seen, why }: FieldGuess): string =>
  `  ${field}: ${oneOrList(from)} # ${remark(`${sureness(confidence)}: ${why}${shown(seen)}`)}`

function* head({ shape: { form, columns } }: Proposal): Generator<string> {
  yield 'version: 1'
  yield `format: ${form.kind}`
  if (form.kind !== 'csv') return
  if (form.delimiter !== ',') yield `delimiter: ${safeJson(form.delimiter)}`
  if (form.comment !== '') yield `comment: ${safeJson(form.comment)} # lines that begin so are no records`
  if (!form.header) yield 'header: false # the first line is a record'
  else yield '# All columns in their order. Leave them out, and each file is read by the names in its own first line.'
  yield 'columns:'
  for (const name of columns) yield `  - ${scalar(name)}`
}

function* timePart({ time }: Proposal): Generator<string> {
  if (time === undefined) {
    yield '# No column reads as a time. Name it, and how it is written: iso, epoch_s, epoch_ms, or a pattern like %d/%m/%Y %H:%M:%S'
    yield '# time: {from: COLUMN, format: iso, zone: UTC}'
    return
  }
  yield `time: # ${sureness(time.confidence)}${time.others.length > 0 ? remark(`; other times stand in ${time.others.join(', ')}`) : ''}`
  yield `  from: ${oneOrList(time.from)}`
  yield `  format: ${time.formats.length === 1 ? safeJson(time.formats[0]).replace(/^"(\w+)"$/, '$1') : `[${time.formats.map((format) => safeJson(format)).join(', ')}]`}`
  for (const text of time.remarks) yield `  # ${remark(text)}`
  yield time.zoned
    ? '  zone: UTC # of stamps that carry none; all that were seen carry theirs'
    : '  # zone: Europe/Berlin'
}

function* table(values: ReadonlyMap<string, string>): Generator<string> {
  yield '    values:'
  for (const [from, to] of values) yield `      ${safeJson(from)}: ${to}`
}

function* outcomePart(outcome: OutcomeGuess | undefined): Generator<string> {
  if (outcome === undefined) return
  const { column, values, otherwise, failing, confidence, remarks } = outcome
  const said = remark([sureness(confidence), ...remarks].join('; '))
  if (failing !== undefined) {
    yield `  status: {value: success} # ${said}; the rule below says when it failed`
    return
  }
  yield `  status: # ${said}`
  yield `    from: ${scalar(column)}`
  yield* table(values)
  if (otherwise !== undefined) yield `    else: ${otherwise}`
}

function* kindPart({ deed, kind }: Proposal): Generator<string> {
  if (deed === undefined) {
    yield `  class: {value: ${kind.class}} # ${remark(`${sureness(kind.confidence)}: ${kind.why}`)}`
    if (kind.activity !== undefined) yield `  activity: {value: ${kind.activity}}`
    return
  }
  yield '  class: {value: application_activity} # where no rule below says otherwise'
  yield `  activity: ${scalar(deed.column)} # ${remark(`${sureness(deed.confidence)}: what was done; not known by a rule${shown(deed.others.slice(0, 5)) || ': none of those seen'}`)}`
}

function* setOf(entries: Record<string, string | undefined>): Generator<string> {
  yield '    set:'
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) yield `      ${key}: ${value}`
}

function* ruleParts(deed: DeedGuess | undefined, outcome: OutcomeGuess | undefined): Generator<string> {
  const groups = deed?.groups.filter(({ deed: one }) => one.class !== 'application_activity') ?? []
  const failing = outcome?.failing
  if (groups.length === 0 && failing === undefined) return
  yield ''
  yield '# Of rules that set the same field the first that applies counts. "*" at an end stands for anything.'
  yield 'rules:'
  if (failing !== undefined && outcome !== undefined) {
    yield '  - when:'
    yield `      ${safeJson(outcome.column)}: ${list(failing)}`
    yield* setOf({ status: 'failure' })
  }
  for (const { deed: one, values } of groups) {
    yield '  - when:'
    yield `      ${safeJson((deed as DeedGuess).column)}: ${list(values.slice(0, 500))}`
    // Where a column says whether it succeeded, its word goes before what a name suggests.
    yield* setOf({ class: one.class, activity: one.activity, status: outcome === undefined ? one.status : undefined })
  }
}

export function writeYaml(proposal: Proposal, about: readonly string[]): string {
  const { empty, fields, outcome, deed, unused } = proposal
  const lines = [
    ...about.map((text) => `# ${remark(text)}`),
    ...head(proposal),
    ...(empty.length === 0 ? [] : [`empty: [${empty.map((text) => safeJson(text)).join(', ')}] # these say nothing`]),
    '',
    ...timePart(proposal),
    '',
    'fields:',
    ...kindPart(proposal),
    ...outcomePart(outcome),
    ...fields.map(guessed),
    ...ruleParts(deed, outcome),
    ...(unused.length === 0
      ? []
      : [
          '',
          '# Not read, kept as text with each event:',
          ...unused.map((name) => `#   ${remark(shorten(name, 100))}`),
        ]),
  ]
  return `${lines.join('\n')}\n`
}
