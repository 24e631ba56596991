/** `POST /v1/events`: events in, durably; with `wait=verdict` also what is concluded of them. */
import { createHash } from 'node:crypto'
import type { Verdict } from '@heedful/stream'
import { Type } from 'typebox'
import type { Span } from '../../serving/group-commit.ts'
import { Refusal } from '../../serving/refusal.ts'
import type { AddRoutes, App } from '../context.ts'
import { JSON_TYPE, NDJSON, readEvents } from '../read-events.ts'
import { EventsHeaders, EventsQuery, Judged, Receipt } from '../schemas/events.ts'

/** Longest wait for verdicts, ms; the events are judged whether somebody waits or not. */
const PATIENCE = 30_000

function verdictOut({ event, time, entity, pValue, risk, alert }: Verdict) {
  return {
    event_id: event,
    time: new Date(time).toISOString(),
    entity,
    p_value: Number.isFinite(pValue) ? pValue : null,
    risk,
    alert: alert ?? null,
  }
}

const digestOf = (body: Buffer, format: string) => createHash('sha256').update(`${format}\n`).update(body).digest('hex')

/** Bodies stay bytes here: what they hold is read line by line. */
function readBytes(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([NDJSON, JSON_TYPE], { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body)
}

const schema = {
  summary: 'Take events in',
  description: `JSON lines (${NDJSON}) or a JSON array (${JSON_TYPE}), plain or gzip. Answered when they are on disk.`,
  tags: ['events'],
  consumes: [NDJSON, JSON_TYPE],
  body: Type.Unknown({ description: 'Events in any known format: one a line, or as an array.' }),
  querystring: EventsQuery,
  headers: EventsHeaders,
  response: { 200: Judged, 202: Receipt },
} as const

export const addEvents: AddRoutes = (app, { service, requireLive }) => {
  void app.register(async (scope: App) => {
    readBytes(scope)
    scope.post('/v1/events', { schema }, async (request, reply) => {
      const { 'content-type': declared = '', 'content-encoding': encoding = '' } = request.headers
      const { format = 'auto', wait, space } = request.query
      requireLive(space)
      const body = request.body as Buffer | undefined
      if (body === undefined || body.length === 0) throw emptyBody()
      const type = declared.split(';', 1)[0]?.trim().toLowerCase() ?? ''
      const lines = await readEvents(body, type, encoding)
      const key = request.headers['idempotency-key']
      let verdicts: Promise<readonly Verdict[] | undefined> | undefined
      const onWritten = (span: Span) => {
        verdicts = service.verdicts(span, PATIENCE)
      }
      const { accepted, refused, position } = await service.submit({
        source: request.headers['x-heedful-source'] ?? 'http',
        format,
        lines,
        ...(key !== undefined && { idempotency: { key, digest: digestOf(body, format) } }),
        ...(wait === 'verdict' && { onWritten }),
      })
      const receipt = { accepted, refused, position, request_id: request.id }
      const judged = wait === 'verdict' ? await (verdicts ?? service.verdicts(position, PATIENCE)) : undefined
      if (judged === undefined) return reply.code(202).send(receipt)
      return reply.code(200).send({ ...receipt, verdicts: judged.map(verdictOut) })
    })
  })
}

const emptyBody = () =>
  new Refusal('body-empty', 'the request has no body', { status: 400, wayOut: `send ${NDJSON} or ${JSON_TYPE}` })
