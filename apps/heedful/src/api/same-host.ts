/**
 * On the machine itself nobody is asked for a key, so a page of the web must not reach the server through the browser of
 * whoever works here: it may be asked by the machine's own names alone (DNS rebinding), and by no other page (Origin).
 */
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../serving/refusal.ts'

const NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/** `localhost:8787` → its name and port; undefined where it is no authority. */
function readAuthority(text: string): { name: string; port: string } | undefined {
  const match = /^(\[[0-9a-f:]{2,45}\]|[a-z0-9.-]{1,255})(?::(\d{1,5}))?$/i.exec(text)
  if (match === null) return undefined
  return { name: (match[1] as string).toLowerCase(), port: match[2] ?? '80' }
}

/** Any of the machine's own names, or the address by which it was reached, where that is another one of its own. */
const isOwn = (authority: string, { localPort = 0, localAddress = '' }: Socket): boolean => {
  const read = readAuthority(authority)
  if (read === undefined || Number(read.port) !== localPort) return false
  return NAMES.has(read.name) || (/^127(?:\.\d{1,3}){3}$/.test(localAddress) && read.name === localAddress)
}

/** Throws `Refusal` host-unknown or origin-foreign. */
export function refuseStrangers({ headers, socket }: FastifyRequest): void {
  const port = socket.localPort ?? 0
  if (!isOwn(headers.host ?? '', socket)) {
    throw new Refusal('host-unknown', 'the Host of the request is not this machine', {
      status: 421,
      wayOut: `ask for http://localhost:${port}, or serve another address with --host`,
    })
  }
  const { origin } = headers
  if (origin === undefined) return
  if (origin.startsWith('http://') && isOwn(origin.slice(7), socket)) return
  throw new Refusal('origin-foreign', 'the request comes from a page of another origin', {
    status: 403,
    wayOut: `open the page at http://localhost:${port}`,
  })
}
