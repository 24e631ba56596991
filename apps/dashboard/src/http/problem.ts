/** An answer that is not what was asked for: what the server said of it (RFC 9457), or that it did not answer. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string

  constructor(status: number, code: string, title: string, detail: string) {
    super(title)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.detail = detail
  }
}

export const unreachable = (): Problem =>
  new Problem(
    0,
    'server-unreachable',
    'The server does not answer',
    'It may be starting, or have been stopped: start it with “npm start” or “heedful serve”.',
  )

/** The server says what is wrong, and behind a semicolon the way out. */
function spoken(status: number, code: string, told: string): Problem {
  const at = told.indexOf('; ')
  const [what, wayOut] = at < 0 ? [told, ''] : [told.slice(0, at), told.slice(at + 2)]
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  return new Problem(status, code, capital(what), wayOut === '' ? '' : `${capital(wayOut)}.`)
}

/** Reads any body: proxies in between answer with pages of their own. */
export function problemOf(status: number, text: string): Problem {
  try {
    const said: unknown = JSON.parse(text)
    if (typeof said === 'object' && said !== null) {
      const { code, title, detail } = said as Record<string, unknown>
      const told = typeof detail === 'string' && detail !== '' ? detail : title
      if (typeof told === 'string') return spoken(status, typeof code === 'string' ? code : `http-${status}`, told)
    }
  } catch {
    // Not JSON: the number says what is known.
  }
  return new Problem(status, `http-${status}`, `The server answered ${status}`, text.slice(0, 200))
}
