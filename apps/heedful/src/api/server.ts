/** The HTTP server: what holds for every request, and the routes. */
import fastify, { LogController } from 'fastify'
import { CommandError, messageOf, systemCode } from '../errors.ts'
import { stopping } from '../serving/refusal.ts'
import { type App, contextOf, type Served } from './context.ts'
import { demandKey, type Keys } from './keys.ts'
import { LIMITS, type Limits, limitRequests } from './limits.ts'
import { describeApi } from './open-api.ts'
import { addPage, guardBrowsers } from './page.ts'
import { sendProblem } from './problem.ts'
import { routes } from './routes.ts'
import { refuseStrangers } from './same-host.ts'
import { answerMalformed, refuseWithoutHost, watchRoutes } from './unrouted.ts'

/** Structured logs, a JSON object a line. Headers, bodies and queries never stand in them: they may hold secrets. */
export interface LogTarget {
  level: 'error' | 'warn' | 'info' | 'debug'
  stream: { write(line: string): void }
}

export interface ServerOptions {
  host: string
  port: number
  log?: LogTarget
  limits?: Limits
  /** Folder of the built page; found where it is built by default. */
  page?: string
  /** Who may ask; undefined on the machine itself, where nobody is asked. */
  keys?: Keys
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Largest body as it is sent, bytes. */
const BODY = 16 * 1024 * 1024
const SECOND = 1000
const CONNECTIONS = 1000

export async function buildServer(
  served: Served,
  { host, log, limits = LIMITS, keys, page }: ServerOptions,
): Promise<App> {
  const app: App = fastify({
    logger: log === undefined ? false : { ...log, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY,
    // Of a body that comes too slowly, and of a connection that says nothing.
    requestTimeout: 60 * SECOND,
    keepAliveTimeout: 72 * SECOND,
    forceCloseConnections: 'idle',
    // Who comes while it stops is told by a hook, with a code.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1024 },
    http: { requireHostHeader: false },
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
  })
  app.server.maxConnections = CONNECTIONS
  // Only what a route declares is read: a body of another kind is refused, not guessed at.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(sendProblem)
  guardBrowsers(app)
  const unrouted = watchRoutes(app)
  const shown = await addPage(app, page)
  app.setNotFoundHandler((request, reply) => {
    if (shown.answer(request, reply)) return reply
    return unrouted.answer(request, reply)
  })
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onRequest', async (request) => {
    if (closing) throw stopping()
    refuseWithoutHost(request)
  })
  app.addHook('onRequest', limitRequests(limits, BODY))
  if (keys !== undefined) app.addHook('onRequest', demandKey(keys))
  else if (isLoopback(host)) app.addHook('onRequest', async (request) => refuseStrangers(request))
  else throw new Error(`${host} is not served without keys`)
  const context = contextOf(served)
  app.addHook('onResponse', async ({ method, routeOptions, ip, id, log }, reply) => {
    const { statusCode: status } = reply
    const said = { id, ip, method, route: routeOptions.url, status, ms: Math.round(reply.elapsedTime) }
    log[status === 500 ? 'error' : status >= 400 ? 'warn' : 'debug'](said, 'answered')
  })
  await describeApi(app, context.version)
  for (const add of routes) add(app, context)
  await app.ready()
  return app
}

/** Gives the address that it listens on. Throws `port-in-use`, `address-unavailable`. */
export async function listen(app: App, { host, port }: ServerOptions): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    throw explain(error, host, port)
  }
}

/** Whoever still sends slowly is not waited for longer than `patience`, ms. */
export async function closeServer(app: App, patience = 5 * SECOND): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), patience)
  try {
    await app.close()
  } finally {
    clearTimeout(timer)
  }
}

function explain(error: unknown, host: string, port: number): CommandError {
  if (systemCode(error) === 'EADDRINUSE') {
    return new CommandError(
      'port-in-use',
      `port ${port} of ${host} is used by another process`,
      `stop it, or serve another port: --port ${port + 1}`,
      { cause: error },
    )
  }
  const wayOut =
    systemCode(error) === 'EACCES'
      ? 'ports below 1024 need rights; take a higher one with --port'
      : 'check --host and --port'
  return new CommandError('address-unavailable', `${host}:${port} cannot be served: ${messageOf(error)}`, wayOut, {
    cause: error,
  })
}
