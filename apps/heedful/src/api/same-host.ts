/**
 * On the machine itself nobody is asked for a key, so a page of the web must not reach the server through the browser of
 * whoever works here: it may be asked by the machine's own names alone (DNS rebinding), and by no other page (Origin).
 */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../serving/refusal.ts'

const NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/** `localhost:8787` → its name and port; undefined where it is no authority. */
function readAuthority(text: string): { name: string; port: string } | undefined {
  const match = /^(\[[0-9a-f:]{2,45}\]|[a-z0-9.-]{1,255})(?::(\d{1,5}))?$/i.exec(text)
  if (match === null) return undefined
  return { name: (match[1] as string).toLowerCase(), port: match[2] ?? '80' }
}

const isOwn = (authority: string, port: number): boolean => {
  const read = readAuthority(authority)
  return read !== undefined && NAMES.has(read.name) && Number(read.port) === port
}

/** Throws `Refusal` host-unknown or origin-foreign. */
export function refuseStrangers({ headers, socket }: FastifyRequest): void {
  const port = socket.localPort ?? 0
  if (!isOwn(headers.host ?? '', port)) {
    throw new Refusal('host-unknown', 'the Host of the request is not this machine', {
      status: 421,
      wayOut: `ask for http://localhost:${port}, or serve another address with --host`,
    })
  }
  const { origin } = headers
  if (origin === undefined) return
  if (origin.startsWith('http://') && isOwn(origin.slice(7), port)) return
  throw new Refusal('origin-foreign', 'the request comes from a page of another origin', {
    status: 403,
    wayOut: `open the page at http://localhost:${port}`,
  })
}
