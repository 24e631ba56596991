/** Reads a stream of server-sent events over a real socket. */
import { type IncomingMessage, request } from 'node:http'

export interface Told {
  event: string
  data: Record<string, unknown>
  id?: string
}

export interface Watch {
  told: Told[]
  comments: string[]
  /** The next event of that name that satisfies `fits`, whenever it came. */
  until(event: string, fits?: (data: Record<string, unknown>) => boolean): Promise<Told>
  answer: IncomingMessage
  close(): void
}

function read(block: string, watch: Watch): void {
  const lines = block.split('\n')
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  for (const line of lines) if (line.startsWith(':')) watch.comments.push(line.slice(1).trim())
  const [event, data, id] = [field('event'), field('data'), field('id')]
  if (event === undefined || data === undefined) return
  watch.told.push({ event, data: JSON.parse(data), ...(id !== undefined && { id }) })
}

export function watchStream(port: number, headers: Record<string, string> = {}): Promise<Watch> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/v1/stream', agent: false, headers }, (answer) => {
      let text = ''
      const watch: Watch = {
        told: [],
        comments: [],
        answer,
        close: () => asked.destroy(),
        async until(event, fits = () => true) {
          for (;;) {
            const found = watch.told.find((one) => one.event === event && fits(one.data))
            if (found !== undefined) return found
            await new Promise((wake) => setTimeout(wake, 5))
          }
        },
      }
      answer.setEncoding('utf8')
      answer.on('error', () => undefined)
      answer.on('data', (piece: string) => {
        text += piece
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          read(text.slice(0, end), watch)
          text = text.slice(end + 2)
        }
      })
      resolve(watch)
    })
    asked.on('error', reject)
    asked.end()
  })
}
