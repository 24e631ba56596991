import { HeedfulError } from './errors.ts'
import { nearestName } from './nearest-name.ts'

/** A whole number from `min` to `max`. */
export type IntParam = {
  readonly type: 'int'
  readonly default: number
  readonly min: number
  readonly max: number
  readonly meaning: string
}
/** A finite number from `min` to `max`. */
export type RealParam = {
  readonly type: 'real'
  readonly default: number
  readonly min: number
  readonly max: number
  readonly meaning: string
}
/** One of `options`. */
export type ChoiceParam<T extends string = string> = {
  readonly type: 'choice'
  readonly default: T
  readonly options: readonly T[]
  readonly meaning: string
}
/** Yes or no. */
export type FlagParam = { readonly type: 'flag'; readonly default: boolean; readonly meaning: string }

/** Names of columns, with commas between them; empty for none. */
export type NamesParam = { readonly type: 'names'; readonly default: string; readonly meaning: string }

export type Param = IntParam | RealParam | ChoiceParam | FlagParam | NamesParam

/** name → type, default, range, meaning. Command line, API schema, docs and forms read the same table. */
export type ParamTable = { readonly [name: string]: Param }

export type ParamValue<T extends Param> = T extends IntParam | RealParam
  ? number
  : T extends ChoiceParam<infer O>
    ? O
    : T extends NamesParam
      ? string
      : boolean

/** A value for every parameter of a table. */
export type Values<P extends ParamTable> = { readonly [K in keyof P]: ParamValue<P[K]> }

/** Values for some parameters; the rest take their defaults. */
export type SomeValues<P extends ParamTable> = { readonly [K in keyof P]?: ParamValue<P[K]> }

export function int(standard: number, min: number, max: number, meaning: string): IntParam {
  return { type: 'int', default: standard, min, max, meaning }
}

export function real(standard: number, min: number, max: number, meaning: string): RealParam {
  return { type: 'real', default: standard, min, max, meaning }
}

export function choice<const T extends string>(standard: T, options: readonly T[], meaning: string): ChoiceParam<T> {
  return { type: 'choice', default: standard, options, meaning }
}

export function flag(standard: boolean, meaning: string): FlagParam {
  return { type: 'flag', default: standard, meaning }
}

export function names(meaning: string): NamesParam {
  return { type: 'names', default: '', meaning }
}

/** Characters of a list of names. */
const LONGEST_NAMES = 10_000

/** Says why `value` is no value of `param`, or gives undefined where it is one. */
function refusal(param: Param, value: unknown): { code: 'param-type' | 'param-range'; expected: string } | undefined {
  switch (param.type) {
    case 'int':
    case 'real': {
      const whole = param.type === 'int'
      const expected = `${whole ? 'a whole number' : 'a number'} from ${param.min} to ${param.max}`
      if (typeof value !== 'number' || Number.isNaN(value)) return { code: 'param-type', expected }
      if (whole && Number.isFinite(value) && !Number.isInteger(value)) return { code: 'param-type', expected }
      return value < param.min || value > param.max ? { code: 'param-range', expected } : undefined
    }
    case 'choice': {
      const expected = `one of ${param.options.join(', ')}`
      if (typeof value !== 'string') return { code: 'param-type', expected }
      return param.options.includes(value) ? undefined : { code: 'param-range', expected }
    }
    case 'flag':
      return typeof value === 'boolean' ? undefined : { code: 'param-type', expected: 'true or false' }
    case 'names': {
      const expected = `names with commas between them, at most ${LONGEST_NAMES} characters`
      if (typeof value !== 'string') return { code: 'param-type', expected }
      return value.length > LONGEST_NAMES ? { code: 'param-range', expected } : undefined
    }
    default:
      return param satisfies never
  }
}

/**
 * Fills in defaults and checks what was given. `owner` names the detector in messages.
 * Errors: `param-unknown` (naming the nearest known name), `param-type`, `param-range`.
 */
export function resolveParams<P extends ParamTable>(owner: string, table: P, given: SomeValues<P> = {}): Values<P> {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(table, name)) continue
    const known = Object.keys(table)
    const near = nearestName(name, known)
    const way = near ? `did you mean "${near}"?` : `it has: ${known.join(', ') || 'no parameters'}`
    throw new HeedfulError('param-unknown', `${owner} has no parameter "${name}"; ${way}`)
  }
  const values: Record<string, unknown> = {}
  for (const [name, param] of Object.entries(table)) {
    const value = Object.hasOwn(given, name) && given[name] !== undefined ? given[name] : param.default
    const refused = refusal(param, value)
    if (refused) {
      throw new HeedfulError(
        refused.code,
        `${owner}: parameter "${name}" is ${String(value)}; it takes ${refused.expected} (${param.meaning})`,
      )
    }
    values[name] = value
  }
  return values as Values<P>
}
