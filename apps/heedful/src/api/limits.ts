/** What one sender may ask of the server, and all of them together: requests a second, and bytes of bodies at once. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../serving/refusal.ts'

export interface Limits {
  /** Of one address, on average; a burst may be twice as large. */
  requestsPerSecond: number
  /** Of all bodies that are being received or read at once. */
  bytesAtOnce: number
}

export const LIMITS: Limits = { requestsPerSecond: 5_000, bytesAtOnce: 128 * 1024 * 1024 }

/** Addresses that are remembered; the one that asked longest ago is forgotten first. */
const SENDERS = 10_000

interface Bucket {
  tokens: number
  /** ms of a clock that never runs back. */
  at: number
}

/** A token bucket for each sender, bounded. */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>()
  private readonly rate: number

  constructor(requestsPerSecond: number) {
    this.rate = requestsPerSecond
  }

  /** Seconds to wait; 0 where it may go on now. */
  take(sender: string, now: number): number {
    const most = 2 * this.rate
    const { tokens, at } = this.buckets.get(sender) ?? { tokens: most, at: now }
    const left = Math.min(most, tokens + ((now - at) / 1000) * this.rate) - 1
    this.buckets.delete(sender)
    this.buckets.set(sender, { tokens: Math.max(0, left), at: now })
    if (this.buckets.size > SENDERS) this.buckets.delete(this.buckets.keys().next().value as string)
    return left >= 0 ? 0 : Math.max(1, Math.ceil(-left / this.rate))
  }
}

/** Bytes that a request may bring: what it declares, or the most that is read of one that declares nothing. */
function sizeOf({ headers, method }: FastifyRequest, bodyLimit: number): number {
  if (method === 'GET' || method === 'HEAD') return 0
  const declared = Number(headers['content-length'])
  return Number.isFinite(declared) ? Math.min(declared, bodyLimit) : 'transfer-encoding' in headers ? bodyLimit : 0
}

export function limitRequests(limits: Limits, bodyLimit: number) {
  const rate = new RateLimit(limits.requestsPerSecond)
  let atOnce = 0
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const seconds = rate.take(request.ip, performance.now())
    if (seconds > 0) {
      throw new Refusal('too-many-requests', `more than ${limits.requestsPerSecond} requests a second`, {
        status: 429,
        wayOut: 'send several events in one request',
        retryAfter: seconds,
      })
    }
    const size = sizeOf(request, bodyLimit)
    if (size === 0) return
    if (atOnce > 0 && atOnce + size > limits.bytesAtOnce) {
      throw new Refusal('too-many-bytes', 'too much is being sent at once', {
        status: 503,
        wayOut: 'send it again after a moment',
        retryAfter: 1,
      })
    }
    atOnce += size
    reply.raw.once('close', () => {
      atOnce -= size
    })
  }
}
