/** Questions to the server: always the one that this page came from. */
import type { Query } from '../contract/source.ts'
import { askForKey, authorization } from './access-key.ts'
import { Problem, problemOf, unreachable } from './problem.ts'

/** `/v1/alerts?limit=50`: names in order, what is undefined or empty left out. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** @throws Problem */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = { accept: 'application/json', ...authorization(), ...(init.headers as Record<string, string>) }
  let response: Response
  try {
    response = await fetch(url, { ...init, headers, credentials: 'omit', redirect: 'error' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
  if (response.ok) return response
  if (response.status === 401) askForKey()
  throw problemOf(response.status, await response.text().catch(() => ''))
}

/** @throws Problem */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await send(address(path, query), signal === undefined ? {} : { signal })
  return read<T>(response)
}

/** @throws Problem */
export async function change<T>(method: 'PUT' | 'POST', url: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  return read<T>(await send(url, { method, headers, body: JSON.stringify(body) }))
}

async function read<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T
  } catch {
    throw new Problem(response.status, 'not-json', 'The answer cannot be read', 'It is not JSON: is this Heedful?')
  }
}
