/** Which column says whether it succeeded, and in which words. */
import { wordOf } from '@heedful/stream/sources/json/words'
import { type Column, isCount } from './profile.ts'

export interface OutcomeGuess {
  column: string
  /** Values as they are written → success or failure. */
  values: Map<string, string>
  otherwise?: 'success' | 'failure'
  /** Texts with `*` whose values failed; all others succeeded. */
  failing?: string[]
  confidence: number
  remarks: string[]
}

const SUCCESS =
  /^(?:success\w*|succeeded|ok|okay|allow(?:ed)?|accept(?:ed)?|permit(?:ted)?|grant(?:ed)?|pass(?:ed)?|approved|completed?|done|audit_success|true|yes|y|erfolg\w*|erlaubt|zugelassen)$|(?:^|_)success(?:ful|fully)?(?:_|$)/
const FAILURE =
  /fail|fehl|abgelehnt|abgewiesen|verweigert|gesperrt|erfolglos|nicht_erfolg|den(?:y|ied)|reject|block|refus|invalid|error|unauthori[sz]ed|forbidden|^(?:locked|false|no|n|bad|wrong|declined|dropp?e?d?|timeout|timed_out|expired)$|^(?:bad|wrong|unknown|no_such)_/
const OF_SUCCESS = /(?:success|succeeded|(?:^|_)(?:ok|allowed|granted|passed|accepted|authenticated|valid|approved))$/
const OF_FAILURE = /(?:fail|failed|failure|(?:^|_)(?:error|denied|blocked|rejected|invalid))$/
const OF_OUTCOME =
  /(?:^|_)(?:result|outcome|status|state|success|succeeded|response|disposition|verdict|decision|conclusion|result_type|result_status|login_success|event_outcome|sc_status|return_code|exit_code|ergebnis)(?:_|$)/
/** What somebody judged afterwards is no outcome. */
export const OF_LABEL = /^(?:class_)?labels?$|fraud|anomal|attack|malicious|threat|suspicious|is_bad|(?:^|_)ato$/

/** A second factor says how somebody came in, not whether. */
const OF_PROOF = /mfa|two_factor|2fa/

/** What a word says of the outcome. */
export function outcomeOf(text: string): 'success' | 'failure' | undefined {
  const word = wordOf(text).replace(/^_+|_+$/g, '')
  if (FAILURE.test(word) && !/no_error|error_free/.test(word)) return 'failure'
  return SUCCESS.test(word) || /no_error/.test(word) ? 'success' : undefined
}

const flagOf = (text: string): boolean | undefined =>
  /^(?:1(?:\.0+)?|true|yes|y)$/i.test(text) ? true : /^(?:0(?:\.0+)?|false|no|n)$/i.test(text) ? false : undefined

function fromFlags(column: Column): OutcomeGuess | undefined {
  const sign = OF_FAILURE.test(column.word) ? false : OF_SUCCESS.test(column.word) ? true : undefined
  if (sign === undefined || column.distinct > 2 || !column.counts.every(([text]) => flagOf(text) !== undefined))
    return undefined
  const values = new Map(column.counts.map(([text]) => [text, flagOf(text) === sign ? 'success' : 'failure']))
  return { column: column.name, values, confidence: 0.9, remarks: [] }
}

function fromCodes(column: Column): OutcomeGuess | undefined {
  if (
    !/(?:status|code|response|result|result_type)$/.test(column.word) ||
    !column.counts.every(([text]) => isCount(text))
  )
    return undefined
  if (column.counts.every(([text]) => Number(text) >= 100 && Number(text) < 600)) {
    return {
      column: column.name,
      values: new Map(),
      failing: ['4*', '5*'],
      confidence: 0.85,
      remarks: ['read as HTTP codes: from 400 on it failed'],
    }
  }
  if (
    !column.counts.some(([text]) => text === '0') ||
    !/(?:result|result_type|(?:result|return|exit|error)_code|status)$/.test(column.word)
  ) {
    return undefined
  }
  return {
    column: column.name,
    values: new Map([['0', 'success']]),
    otherwise: 'failure',
    confidence: /result_type|_code$/.test(column.word) ? 0.92 : 0.6,
    remarks: ['0 is taken for success, every other code for failure'],
  }
}

function fromWords(column: Column): OutcomeGuess | undefined {
  if (column.distinct > 40) return undefined
  const known = column.counts.flatMap(([text]): [string, string][] => {
    const outcome = outcomeOf(text)
    return outcome === undefined ? [] : [[text, outcome]]
  })
  const total = column.counts.reduce((sum, [, count]) => sum + count, 0)
  const said = column.counts.reduce((sum, [text, count]) => sum + (outcomeOf(text) === undefined ? 0 : count), 0)
  const isNamed = OF_OUTCOME.test(column.word)
  // Yes and no answer some question; only the name says which.
  if (!isNamed && column.counts.every(([text]) => flagOf(text) !== undefined)) return undefined
  if (said < total * (isNamed ? 0.5 : 0.95)) return undefined
  // Whole sentences and kinds of events hold such words, too: `login_success` says what was done as well.
  if (
    !isNamed &&
    column.counts.some(([text]) => wordOf(text).split('_').length > 2 || /log_?in|log_?on|auth/i.test(text))
  )
    return undefined
  const rest = column.counts.filter(([text]) => outcomeOf(text) === undefined).map(([text]) => `"${text.slice(0, 40)}"`)
  const remarks = rest.length === 0 ? [] : [`not understood, so of unknown outcome: ${rest.slice(0, 5).join(', ')}`]
  if (isNamed && !known.some(([, outcome]) => outcome === 'failure'))
    remarks.push('no failure was seen; add its word when you know it')
  return { column: column.name, values: new Map(known), confidence: isNamed ? 0.9 : 0.6, remarks }
}

/** A column that speaks only when something went wrong. */
function fromErrors(column: Column): OutcomeGuess | undefined {
  if (!/(?:^|_)(?:error(?:_code|_message)?|fault|exception|failure_reason)$/.test(column.word) || column.filled > 0.5)
    return undefined
  return {
    column: column.name,
    values: new Map(),
    failing: ['*'],
    confidence: 0.7,
    remarks: ['where it says something it failed; where it is empty it succeeded'],
  }
}

export function guessOutcome(columns: readonly Column[]): OutcomeGuess | undefined {
  const usable = columns.filter(({ values, word }) => values.length > 0 && !OF_LABEL.test(word) && !OF_PROOF.test(word))
  const guesses = usable.flatMap((column) => {
    const guess = fromFlags(column) ?? fromCodes(column) ?? fromErrors(column) ?? fromWords(column)
    return guess === undefined ? [] : [guess]
  })
  const filled = (name: string) => columns.find((column) => column.name === name)?.filled ?? 0
  const weight = ({ column, confidence, failing }: OutcomeGuess) =>
    confidence * (failing === undefined ? filled(column) : 1)
  return guesses.sort((a, b) => weight(b) - weight(a))[0]
}
