/** Server-sent events out of text that arrives cut anywhere, also inside a line end. */

export interface ServerEvent {
  event: string
  data: string
  /** The last id seen so far, which a new connection resumes after. */
  id: string
}

/** A line that grows beyond this is no event of ours. Characters. */
const LONGEST = 8 * 1024 * 1024

export class SseParser {
  private rest = ''
  private event = ''
  private data: string[] = []
  private started = false
  private lastId: string

  /** @param lastId what is resumed after, for events that bring no id */
  constructor(lastId = '') {
    this.lastId = lastId
  }

  /** The events that are complete with this piece of text. @throws RangeError when a line never ends */
  push(text: string): ServerEvent[] {
    let all = this.rest + text
    if (!this.started && all.length > 0) {
      this.started = true
      if (all.startsWith('\uFEFF')) all = all.slice(1)
    }
    const complete: ServerEvent[] = []
    let from = 0
    for (;;) {
      const end = findEnd(all, from)
      if (end === undefined) break
      this.takeLine(all.slice(from, end.at), complete)
      from = end.next
    }
    this.rest = all.slice(from)
    if (this.rest.length > LONGEST) throw new RangeError('a line of the stream does not end')
    return complete
  }

  private takeLine(line: string, complete: ServerEvent[]): void {
    if (line === '') return this.dispatch(complete)
    const colon = line.indexOf(':')
    if (colon === 0) return
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'event') this.event = value
    else if (field === 'data') this.data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.lastId = value
  }

  private dispatch(complete: ServerEvent[]): void {
    if (this.data.length > 0) {
      complete.push({ event: this.event || 'message', data: this.data.join('\n'), id: this.lastId })
    }
    this.event = ''
    this.data = []
  }
}

/** Where the line ends and the next begins. A CR at the very end may be half of CRLF: it waits for what follows. */
function findEnd(text: string, from: number): { at: number; next: number } | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 10) return { at, next: at + 1 }
    if (character !== 13) continue
    if (at + 1 === text.length) return undefined
    return { at, next: text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1 }
  }
  return undefined
}
