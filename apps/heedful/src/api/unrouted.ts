/**
 * What no route ever sees: heads that cannot be read, paths that cannot be decoded, methods that a path has not. It is
 * answered as everything else is, by a problem with its code.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { systemCode } from '../errors.ts'
import { Refusal } from '../serving/refusal.ts'
import type { App } from './context.ts'
import { PROBLEM_TYPE, type Problem, problem, sendProblem } from './problem.ts'

const LOUD = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    problem(431, 'headers-too-large', 'the head of the request is too large; send fewer or shorter headers'),
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    problem(408, 'request-too-slow', 'the request did not arrive in time; send it in parts'),
  ],
])
const MALFORMED = problem(400, 'request-malformed', 'this is no request of HTTP/1.1 that can be read')

/** For a connection whose bytes are no request. They are not logged: a key may be among them. */
export function answerMalformed(error: Error, socket: Socket): void {
  if (systemCode(error) === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const said = LOUD.get(systemCode(error)) ?? MALFORMED
  const body = JSON.stringify(said)
  socket.end(
    `HTTP/1.1 ${said.status} ${said.title}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const said: Problem = problem(417, 'expectation-unknown', 'nothing but 100-continue can be expected here')
  const body = JSON.stringify(said)
  const headers = { 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' }
  response.writeHead(said.status, headers).end(body)
}

/** Host is left to us, so that its absence is answered like the rest. */
export function refuseWithoutHost({ headers, raw }: FastifyRequest): void {
  if (headers.host !== undefined || raw.httpVersion === '1.0') return
  throw new Refusal('host-missing', 'the request names no Host', { status: 400, wayOut: 'send the header Host' })
}

/** Which methods there are by path; asked where a path is known and the method is not. */
class Methods {
  private readonly known = new Map<string, { form: RegExp; methods: Set<string> }>()

  add(url: string, methods: string | string[]): void {
    let route = this.known.get(url)
    if (route === undefined) {
      const form = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')
      route = { form: new RegExp(`^${form}$`), methods: new Set() }
      this.known.set(url, route)
    }
    for (const method of [methods].flat()) route.methods.add(method)
  }

  of(url: string): string[] {
    const path = url.split('?', 1)[0] as string
    return [...this.known.values()].flatMap(({ form, methods }) => (form.test(path) ? [...methods] : [])).sort()
  }
}

export interface Unrouted {
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply
}

/** To be called before the routes are added. */
export function watchRoutes(app: App): Unrouted {
  const methods = new Methods()
  app.addHook('onRoute', ({ url, method }) => methods.add(url, method))
  app.server.on('checkExpectation', answerExpectation)
  return {
    answer(request, reply) {
      const { method, url } = request
      const allowed = methods.of(url)
      const asked = `${method} ${url.slice(0, 200)}`
      const wayOut = 'see /openapi.json for what there is'
      if (allowed.length === 0 || allowed.includes(method))
        return sendProblem(
          new Refusal('route-unknown', `there is no ${asked}`, { status: 404, wayOut }),
          request,
          reply,
        )
      reply.header('allow', allowed.join(', '))
      const said = `there is no ${asked}, but ${allowed.join(', ')}`
      return sendProblem(new Refusal('method-unknown', said, { status: 405, wayOut }), request, reply)
    },
  }
}
