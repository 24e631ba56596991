/** A sample of a log → the mapping that it seems to want: what was guessed, how surely, and what could not be told. */

import { type DeedGuess, guessDeed } from './guess-deed.ts'
import { guessOutcome, OF_LABEL, type OutcomeGuess } from './guess-outcome.ts'
import { guessTime, type TimeGuess } from './guess-time.ts'
import { type Column, findEmpty, isAddress, isAgent, profile, shareOf } from './profile.ts'
import { ROLES, type Role } from './roles.ts'
import type { Shape } from './shape.ts'

/** One field of events and where it comes from. */
export interface FieldGuess {
  field: string
  from: string[]
  confidence: number
  /** Values that were seen, for a remark. */
  seen: string[]
  why: string
}

export interface Proposal {
  shape: Shape
  empty: string[]
  time: TimeGuess | undefined
  fields: FieldGuess[]
  outcome: OutcomeGuess | undefined
  deed: DeedGuess | undefined
  /** The class of all events, where no column tells. */
  kind: { class: string; activity?: string; confidence: number; why: string }
  /** Columns that nothing reads, and those of them that hold somebody's judgement. */
  unused: string[]
  labels: string[]
  /** What matters and was not found. */
  missing: string[]
}

interface Match {
  role: Role
  column: Column
  score: number
  named: 'strong' | 'weak' | 'values'
}

/** What says something in fewer records is about something else. */
const SELDOM = 0.02

function matchOf(role: Role, column: Column): Match | undefined {
  const { word } = column
  if (role.never?.test(word) || OF_LABEL.test(word) || column.filled < SELDOM) return undefined
  const named = role.strong.test(word)
    ? 'strong'
    : role.weak?.test(word)
      ? 'weak'
      : role.byValues?.(column)
        ? 'values'
        : undefined
  const fit = named === undefined ? 0 : role.fits(column)
  if (named === undefined || fit === 0) return undefined
  // A column whose whole name says it goes before one that is only about it; shorter paths before longer.
  const exact = word.split('_').length <= 2 ? 0.3 : 0
  return {
    role,
    column,
    named,
    score: { strong: 3, weak: 1.5, values: 1 }[named] + 2 * fit * Math.sqrt(column.filled) + exact,
  }
}

const WHY = {
  strong: 'its name and its values say so',
  weak: 'its name may mean it',
  values: 'its values look like it',
}

const seenOf = ({ counts }: Column): string[] => counts.slice(0, 3).map(([text]) => text)

/** Best match first; each column and each field once. */
function matchRoles(columns: readonly Column[]): FieldGuess[] {
  const matches = ROLES.flatMap((role) => columns.flatMap((column) => matchOf(role, column) ?? [])).sort(
    (a, b) => b.score - a.score,
  )
  const guesses = new Map<string, FieldGuess>()
  const used = new Set<string>()
  for (const { role, column, named, score } of matches) {
    if (guesses.has(role.field) || used.has(column.name)) continue
    used.add(column.name)
    const confidence = named === 'strong' ? (score >= 4.5 ? 0.95 : 0.75) : named === 'weak' ? 0.55 : 0.5
    guesses.set(role.field, {
      field: role.field,
      from: [column.name],
      confidence,
      seen: seenOf(column),
      why: WHY[named],
    })
  }
  const user = guesses.get('user.name')
  if (user !== undefined) addFallback(user, matches, columns, used)
  return [...guesses.values()].sort((a, b) => orderOf(a.field) - orderOf(b.field))
}

const orderOf = (field: string): number => ROLES.findIndex((role) => role.field === field)

/** Who acted stands in one column for people and in another for machines: the second speaks where the first is silent. */
function addFallback(user: FieldGuess, matches: readonly Match[], columns: readonly Column[], used: Set<string>): void {
  const first = columns.find(({ name }) => name === user.from[0]) as Column
  if (first.filled > 0.98) return
  const second = matches.find(
    ({ role, column }) =>
      role.field === 'user.name' &&
      !used.has(column.name) &&
      column.all.some((text, at) => text !== '' && first.all[at] === ''),
  )
  if (second === undefined) return
  user.from.push(second.column.name)
  used.add(second.column.name)
}

const NOT_OF_LOGIN = /last|since|attempts|failed|count/
const OF_LOGIN = /log_?in|log_?on|sign_?in|(?:^|_)auth|ssh|vpn/
const OF_USE = new Set(['resource', 'bytes_out', 'bytes_in'])

/** Where no column says what was done, the log may be of one kind. */
function kindOf(
  columns: readonly Column[],
  fields: readonly FieldGuess[],
  outcome: OutcomeGuess | undefined,
  file: string,
): Proposal['kind'] {
  const named = columns.find(({ word }) => OF_LOGIN.test(word) && !NOT_OF_LOGIN.test(word))
  const why =
    named === undefined
      ? OF_LOGIN.test(file.toLowerCase())
        ? 'the name of the file speaks of log-ins'
        : undefined
      : `the column "${named.name}" speaks of log-ins`
  const isUse = fields.some(({ field }) => OF_USE.has(field))
  if (why !== undefined && !isUse) return { class: 'authentication', activity: 'logon', confidence: 0.75, why }
  if (isUse)
    return {
      class: 'application_activity',
      confidence: 0.55,
      why: 'no column says what was done, but something is used or moved',
    }
  if (outcome !== undefined && fields.some(({ field }) => field === 'user.name')) {
    return {
      class: 'authentication',
      activity: 'logon',
      confidence: 0.4,
      why: 'somebody tries something that succeeds or fails; log-ins are the likeliest',
    }
  }
  return { class: 'other', confidence: 0.2, why: 'no column says what was done; of "other" nothing is ever concluded' }
}

function missingOf({ time, fields, outcome, deed, kind }: Omit<Proposal, 'missing' | 'unused' | 'labels'>): string[] {
  const has = (...names: string[]) => fields.some(({ field }) => names.includes(field))
  const missing: string[] = []
  if (time === undefined)
    missing.push(
      'when it happened: no column reads as a time. Without one no line becomes an event; name it under "time"',
    )
  if (!has('user.name'))
    missing.push(
      'who: no column looks like names of people. Habits of people cannot be learned; name it under "user.name"',
    )
  if (!has('src_endpoint.ip', 'src_endpoint.hostname'))
    missing.push('from where: no column holds addresses (src_endpoint.ip)')
  if (deed === undefined)
    missing.push(
      `what was done: no column tells kinds of acts apart; all lines are read as ${kind.class}, because ${kind.why}`,
    )
  if (deed?.groups.length === 0) {
    missing.push(`what the acts in ${deed.column} mean: none of its words is known, so all are uses of an application`)
  }
  if (outcome === undefined && !deed?.groups.some(({ deed: { status } }) => status !== undefined)) {
    const isLogin =
      kind.class === 'authentication' || deed?.groups.some(({ deed: one }) => one.class === 'authentication')
    const then = isLogin
      ? 'Log-ins stay of unknown outcome and teach nothing; name it under "status", or write "status: {value: success}"'
      : 'What is recorded is taken as done'
    missing.push(`whether it succeeded: no column says so. ${then}`)
  }
  return missing
}

/** `file`: the name of the log, as a hint. */
export function propose(shape: Shape, file: string): Proposal {
  const empty = findEmpty(shape)
  const columns = profile(shape, empty)
  const named = columns.filter(({ name }) => name !== '')
  const time = guessTime(named)
  const afterTime = named.filter(({ name }) => !time?.from.includes(name) && !time?.others.includes(name))
  const outcome = guessOutcome(afterTime)
  const deed = guessDeed(
    afterTime.filter(
      ({ name, word }) => name !== outcome?.column && !OF_LABEL.test(word) && !isSomebodyOrSomewhere(name, afterTime),
    ),
  )
  const fields = matchRoles(afterTime.filter(({ name }) => name !== outcome?.column && name !== deed?.column))
  if (outcome?.failing?.includes('*') && !fields.some(({ field }) => field === 'status_detail')) {
    fields.push({
      field: 'status_detail',
      from: [outcome.column],
      confidence: 0.7,
      seen: [],
      why: 'it says what went wrong',
    })
  }
  const kind = kindOf(named, fields, outcome, file)
  const found = { shape, empty, time, fields, outcome, deed, kind }
  const used = new Set([...(time?.from ?? []), outcome?.column, deed?.column, ...fields.flatMap(({ from }) => from)])
  const unused = columns.filter(({ name }) => name !== '' && !used.has(name)).map(({ name }) => name)
  const labels = columns.filter(({ word, name }) => OF_LABEL.test(word) && !used.has(name)).map(({ name }) => name)
  return { ...found, unused, labels, missing: missingOf(found) }
}

/** Addresses, agents and names of people are no kinds of acts, however few there are. */
function isSomebodyOrSomewhere(name: string, columns: readonly Column[]): boolean {
  const column = columns.find((one) => one.name === name) as Column
  const user = ROLES[0] as Role
  return (
    shareOf(column, isAddress) > 0.5 ||
    shareOf(column, isAgent) > 0.5 ||
    (user.strong.test(column.word) && !user.never?.test(column.word))
  )
}
