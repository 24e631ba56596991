/** Errors as problem+json (RFC 9457), each with a stable code and the way out. */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { CommandError } from '../errors.ts'
import { Refusal } from '../serving/refusal.ts'

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  instance?: string
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** What is told of a request may hold all of it. */
const LONGEST = 500

/** What Fastify itself refuses, in our words. */
const OF_FASTIFY = new Map<string, [status: number, code: string]>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', [413, 'body-too-large']],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', [415, 'media-type-unknown']],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', [400, 'body-empty']],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', [400, 'body-cut-short']],
  ['FST_ERR_CTP_INVALID_JSON_BODY', [400, 'json-invalid']],
  ['FST_ERR_VALIDATION', [400, 'request-invalid']],
  ['FST_ERR_BAD_URL', [400, 'url-invalid']],
  ['FST_ERR_MAX_PARAM_LENGTH', [414, 'url-too-long']],
  ['FST_ERR_ASYNC_CONSTRAINT', [400, 'request-invalid']],
])

/** The way out, where what Fastify says names none. */
const WAYS_OUT = new Map([
  [
    'media-type-unknown',
    'declare the body: -H "Content-Type: application/x-ndjson" for lines, application/json for JSON, application/octet-stream for a file',
  ],
  ['body-empty', 'send a body, or no Content-Type'],
  ['body-cut-short', 'send as many bytes as Content-Length says'],
])

const ended = (text: string): string => text.replace(/\.$/, '')

export function problem(status: number, code: string, detail: string, instance?: string): Problem {
  const title = STATUS_CODES[status] ?? 'Error'
  return {
    type: `urn:heedful:problem:${code}`,
    title,
    status,
    detail,
    code,
    ...(instance !== undefined && { instance }),
  }
}

function read(error: unknown): { status: number; code: string; detail: string; retryAfter?: number } {
  if (error instanceof Refusal) {
    const { status, code, message, wayOut, retryAfter } = error
    return { status, code, detail: `${ended(message)}; ${wayOut}`, ...(retryAfter !== undefined && { retryAfter }) }
  }
  if (error instanceof CommandError) {
    const status =
      error.code === 'folder-full'
        ? 503
        : error.code === 'format-unknown' || error.code === 'mapping-missing'
          ? 422
          : 500
    return { status, code: error.code, detail: `${ended(error.message)}; ${error.wayOut}` }
  }
  const { code = '', statusCode = 500, message } = error as FastifyError
  const known = OF_FASTIFY.get(code)
  if (known !== undefined) {
    const wayOut = WAYS_OUT.get(known[1])
    const said = message.slice(0, LONGEST)
    return { status: known[0], code: known[1], detail: wayOut === undefined ? said : `${ended(said)}; ${wayOut}` }
  }
  if (statusCode >= 400 && statusCode < 500) return { status: statusCode, code: 'request-invalid', detail: message }
  return { status: 500, code: 'internal', detail: "this is a mistake of Heedful's own; the server's log says more" }
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, detail, retryAfter } = read(error)
  if (status >= 500 && !(error instanceof Refusal)) request.log.error({ err: error }, 'a request failed')
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem(status, code, detail, request.id)))
}
