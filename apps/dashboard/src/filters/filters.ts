/** What of the alerts is wanted: to and from the address of the page, for the server, and asked of one alert. */
import { type Alert, SEVERITIES, type Severity } from '../contract/contract.ts'

export const STATES = ['raised', 'over_budget', 'all'] as const
export const LABEL_FILTERS = ['any', 'none', 'benign', 'malicious'] as const

export interface Filters {
  state: (typeof STATES)[number]
  /** Strongest last; empty means all. */
  severity: readonly Severity[]
  label: (typeof LABEL_FILTERS)[number]
  entityType: string
  entity: string
  behaviour: string
  q: string
  /** ISO 8601 in UTC; empty means open. `from` is inside, `to` is not. */
  from: string
  to: string
}

export const NO_FILTERS: Filters = {
  state: 'raised',
  severity: [],
  label: 'any',
  entityType: '',
  entity: '',
  behaviour: '',
  q: '',
  from: '',
  to: '',
}

/** Longer texts are no search of a person. Characters. */
const LONGEST = 200

const oneOf = <T extends string>(value: string | null, allowed: readonly T[], otherwise: T): T =>
  allowed.find((each) => each === value) ?? otherwise

const moment = (value: string | null): string => {
  const time = Date.parse(value ?? '')
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

/** What is no filter is left out: an address may come from anywhere. */
export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search)
  const text = (name: string) => (query.get(name) ?? '').slice(0, LONGEST)
  const named = new Set((query.get('severity') ?? '').split(','))
  return {
    state: oneOf(query.get('state'), STATES, NO_FILTERS.state),
    severity: SEVERITIES.filter((severity) => named.has(severity)),
    label: oneOf(query.get('label'), LABEL_FILTERS, NO_FILTERS.label),
    entityType: text('entity_type'),
    entity: text('entity'),
    behaviour: text('behaviour'),
    q: text('q'),
    from: moment(query.get('from')),
    to: moment(query.get('to')),
  }
}

/** The query of the server's list, which is that of the page too: what is as usual is left out. */
export function filterQuery(filters: Filters): Record<string, string> {
  const all: Record<string, string> = {
    state: filters.state === NO_FILTERS.state ? '' : filters.state,
    severity: filters.severity.length === SEVERITIES.length ? '' : filters.severity.join(','),
    label: filters.label === 'any' ? '' : filters.label,
    entity_type: filters.entityType,
    entity: filters.entity,
    behaviour: filters.behaviour,
    q: filters.q.trim(),
    from: filters.from,
    to: filters.to,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

/** `?severity=high,critical&label=none`, or nothing. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams(filterQuery(filters)).toString()
  return query === '' ? '' : `?${query}`
}

/** How many filters narrow the list. */
export const countFilters = (filters: Filters): number => {
  const { from, to, ...others } = filterQuery(filters)
  return Object.keys(others).length + (from === undefined && to === undefined ? 0 : 1)
}

/** Whether an alert that comes in live belongs into the list. */
export function matches(filters: Filters, alert: Alert): boolean {
  const { state, severity, label, entityType, entity, behaviour, from, to } = filters
  return (
    (state === 'all' || alert.state === state) &&
    (severity.length === 0 || severity.includes(alert.severity)) &&
    (label === 'any' || (alert.label ?? 'none') === label) &&
    (entityType === '' || alert.entity.type === entityType) &&
    (entity === '' || alert.entity.id === entity) &&
    (behaviour === '' || alert.reasons.some((reason) => reason.behaviour === behaviour)) &&
    (from === '' || Date.parse(alert.time) >= Date.parse(from)) &&
    (to === '' || Date.parse(alert.time) < Date.parse(to)) &&
    mentions(alert, filters.q)
  )
}

function mentions(alert: Alert, q: string): boolean {
  const wanted = q.trim().toLowerCase()
  if (wanted === '') return true
  const texts = [alert.id, alert.title, alert.entity.id, ...alert.techniques, ...alert.reasons.map(({ text }) => text)]
  return texts.some((text) => text.toLowerCase().includes(wanted))
}
