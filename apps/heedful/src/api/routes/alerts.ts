/** `GET /v1/alerts`, `GET /v1/alerts/{id}`, `PUT /v1/alerts/{id}/label`. */
import type { EntityType, Severity } from '@heedful/stream'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Refusal } from '../../serving/refusal.ts'
import type { AlertQuery, Labelled } from '../../store/alerts-table.ts'
import { alertDetail, alertOut } from '../alert-out.ts'
import type { AddRoutes } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { exactBody } from '../exact-body.ts'
import { readIso } from '../read-iso.ts'
import { AlertDetail, AlertId, AlertsOut, AlertsQuery, LabelIn, LabelOut } from '../schemas/alerts.ts'
import { SpaceQuery } from '../schemas/shared-shapes.ts'

const DEFAULT_LIMIT = 50
/** Until a label is folded, ms. */
const PATIENCE = 10_000

function queryOf(asked: Static<typeof AlertsQuery>): AlertQuery {
  const { state = 'raised', severity, entity_type: type, entity: id, label, behaviour, q, from, to, cursor } = asked
  const query: AlertQuery = { limit: asked.limit ?? DEFAULT_LIMIT }
  if (state !== 'all') query.state = state
  if (severity !== undefined) query.severities = severity.split(',') as Severity[]
  if (type !== undefined || id !== undefined)
    query.entity = { ...(type !== undefined && { type: type as EntityType }), ...(id !== undefined && { id }) }
  if (label !== undefined) query.label = label
  if (behaviour !== undefined) query.behaviour = behaviour
  if (q !== undefined) query.words = q
  if (from !== undefined) query.from = readIso(from, 'from')
  if (to !== undefined) query.to = readIso(to, 'to')
  if (cursor !== undefined) {
    const [time, last] = readCursor('alerts', cursor)
    query.after = { time, id: last }
  }
  return query
}

function found(labelled: Labelled | undefined, id: string): Labelled {
  if (labelled !== undefined) return labelled
  throw new Refusal('alert-unknown', `there is no alert ${id.slice(0, 200)}`, {
    status: 404,
    wayOut: 'GET /v1/alerts lists them',
  })
}

const Asked = Type.Object(SpaceQuery)

export const addAlerts: AddRoutes = (app, { service, viewOf, requireLive }) => {
  app.get(
    '/v1/alerts',
    {
      schema: {
        summary: 'Alerts, newest first',
        tags: ['alerts'],
        querystring: AlertsQuery,
        response: { 200: AlertsOut },
      },
    },
    ({ query }) => {
      const asked = queryOf(query)
      const { found, total } = viewOf(query.space).space.store.tables.alerts.list(asked)
      const last = found.length === asked.limit ? found.at(-1)?.alert : undefined
      return {
        alerts: found.map(alertOut),
        next_cursor: last === undefined ? null : writeCursor('alerts', Math.round(last.time), last.id),
        total,
      }
    },
  )

  app.get(
    '/v1/alerts/:id',
    {
      schema: {
        summary: 'One alert in full',
        tags: ['alerts'],
        params: AlertId,
        querystring: Asked,
        response: { 200: AlertDetail },
      },
    },
    ({ params: { id }, query }) => {
      const view = viewOf(query.space)
      return alertDetail(view, found(view.space.store.tables.alerts.find(id), id))
    },
  )

  app.put(
    '/v1/alerts/:id/label',
    {
      ...exactBody,
      schema: {
        summary: 'Say what an alert was; null takes it back',
        tags: ['alerts'],
        params: AlertId,
        querystring: Asked,
        body: LabelIn,
        response: { 200: LabelOut },
      },
    },
    async ({ params: { id }, query: { space }, body: { label, note } }) => {
      requireLive(space)
      found(service.space.store.tables.alerts.find(id), id)
      const said = { kind: 'feedback' as const, time: service.now(), alert: id, label: label ?? ('none' as const) }
      const span = await service.record([typeof note === 'string' ? { ...said, note } : said])
      await service.verdicts(span, PATIENCE)
      return { id, label }
    },
  )
}
