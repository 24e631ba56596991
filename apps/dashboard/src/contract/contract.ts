/** What the server answers, as the page reads it: JSON in snake_case, times as ISO 8601 in UTC. */

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const LABELS = ['benign', 'malicious'] as const
export type Label = (typeof LABELS)[number]

export interface Entity {
  type: string
  id: string
}

export interface Reason {
  text: string
  behaviour: string
  title: string
  family: string
  entity: Entity
  observed: string
  expected: string
  normal: string | null
  /** Its share of the alert's surprise, −ln p; positive. */
  weight: number
}

export interface Alert {
  id: string
  time: string
  last_time: string
  entity: Entity
  severity: Severity
  risk: number
  p_value: number
  /** The p-value lies below what the references could count, and was modelled. */
  modelled: boolean
  title: string
  state: 'raised' | 'over_budget'
  label: Label | null
  reasons: Reason[]
  /** Left out where alerts are listed below an entity. */
  events?: string[]
  events_total: number
  techniques: string[]
  victims: Entity[]
  victims_total: number
}

export interface AlertPage {
  alerts: Alert[]
  next_cursor: string | null
  total: number
}

export interface Share {
  value: string
  /** 0 to 1. */
  share: number
}

export interface Context {
  /** Share of activity by hour of the week, Monday 00 UTC first. */
  hours: number[] | null
  places: Share[]
  networks: Share[]
  devices: Share[]
  services: Share[]
}

export interface AlertInFull extends Alert {
  feedback: { time: string; label: Label | null; note: string | null }[]
  context: Context
  raw: { event_id: string; time: string | null; door: string; place: string; line: string; cited: boolean }[]
}

export interface EntityInList extends Entity {
  risk: number
  last: string
  events: number
  alerts: number
}

export interface Habit {
  feature: string
  summary: string
  values: { value: string; share: number; peers_share: number | null }[]
}

export interface EntityInFull {
  entity: Entity
  first: string
  last: string
  events: number
  maturity: { events: number; label: string }
  peers: { group: string | null; size: number; members: { id: string; risk: number }[] }
  /** The highest within a day. */
  risk_now: number
  risk: { time: string; risk: number }[]
  contributions: { behaviour: string; title: string; family: string; weight: number }[]
  hours: number[] | null
  habits: Habit[]
  alerts: Alert[]
}

export interface Demo {
  pace: number
  simulated_time: string
  phase: 'history' | 'live'
  /** 0 to 1. */
  progress: number
  live_since: string | null
}

export interface Risky extends Entity {
  risk: number
  last: string
  title: string | null
  alert: string | null
}

export interface Now {
  time: string
  events_total: number
  events_per_second: number
  lag_records: number
  lag_seconds: number
  alerts_today: number
  budget_per_day: number
  level: number
  users: number
  hosts: number
  addresses: number
  refused_total: number
  warmup_until: string | null
  riskiest: Risky[]
  demo: Demo | null
}

export interface Source {
  door: string
  name: string
  format: string | null
  timezone: string | null
  lines: number
  events: number
  refused: number
  absorbed: number
  last_time: string | null
  kind: 'http' | 'file' | 'demo'
}

export interface DeadLetter {
  id: string
  position: number
  door: number
  place: string
  time: string | null
  reason: string
  detail: string
  line: string
  redriven: boolean
}

export interface DeadLetterPage {
  dead_letters: DeadLetter[]
  reasons: { reason: string; count: number; example: string }[]
  next_cursor: string | null
  total: number
}

export interface Space {
  space: string
  name: string
  state: 'scanning' | 'done' | 'failed'
  /** 0 to 1. */
  progress: number
  events: number
  alerts: number
  refused: number
  error: string | null
  notes: string[]
}
