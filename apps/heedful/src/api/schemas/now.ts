/** How things stand. */
import { Type } from 'typebox'
import { orNull, Time } from './shared-shapes.ts'

export const DemoOut = Type.Object({
  pace: Type.Number({ description: 'Seconds of the simulated life in one second.' }),
  simulated_time: Time,
  phase: Type.Union([Type.Literal('history'), Type.Literal('live')]),
  progress: Type.Number({ description: 'Of the history, 0 … 1.' }),
  live_since: orNull(Time),
})

export const DemoIn = Type.Object({ pace: Type.Number({ minimum: 1, maximum: 3600 }) }, { additionalProperties: false })

export const NowOut = Type.Object({
  time: Type.String({ format: 'date-time', description: 'The time that the log has reached.' }),
  events_total: Type.Integer(),
  events_per_second: Type.Number(),
  lag_records: Type.Integer(),
  lag_seconds: Type.Number(),
  alerts_today: Type.Integer(),
  budget_per_day: Type.Integer(),
  level: Type.Number({ description: 'The risk above which a story becomes an alert.' }),
  users: Type.Integer(),
  hosts: Type.Integer(),
  addresses: Type.Integer(),
  refused_total: Type.Integer(),
  warmup_until: orNull(Time),
  riskiest: Type.Array(
    Type.Object({
      type: Type.String(),
      id: Type.String(),
      risk: Type.Number(),
      last: Time,
      title: orNull(Type.String()),
      alert: orNull(Type.String()),
    }),
  ),
  demo: orNull(DemoOut),
})
