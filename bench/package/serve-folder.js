/** The folder of a project as a web server hands it out, with a page and a worker in which its scripts run. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'

/** What the library needs of a page: scripts of its own server, and WebAssembly. */
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-map'"

const LIBRARY = '/node_modules/@heedful/detect/dist/'

/** A page that names the library as Node does. */
const MAP = { imports: { '@heedful/detect': `${LIBRARY}index.js`, '@heedful/detect/': LIBRARY } }
const PAGE = `<!doctype html><meta charset="utf-8"><title>library</title>
<script type="importmap" nonce="map">${JSON.stringify(MAP)}</script>`

/** Runs the script that it is told, and says what it exports as `answer`, or why it failed. */
const WORKER = `onmessage = async ({ data }) => {
  try {
    postMessage({ answer: (await import(data)).answer })
  } catch (error) {
    postMessage({ failed: String(error) })
  }
}`

/** Below this address scripts name the library by its address, as workers know no import map. */
const BY_ADDRESS = '/by-address/'

async function textOf(folder, path) {
  if (path === '/worker.js') return WORKER
  const byAddress = path.startsWith(BY_ADDRESS)
  const inside = normalize(byAddress ? path.slice(BY_ADDRESS.length) : path).replace(/^(\.\.(\/|$))+/, '')
  const text = await readFile(join(folder, inside), 'utf8')
  return byAddress ? text.replaceAll("'@heedful/detect'", `'${LIBRARY}index.js'`) : text
}

/** On a free port of this machine. @returns {Promise<{ origin: string, stop: () => void }>} */
export async function serveFolder(folder, policy = POLICY) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    try {
      const [type, body] = pathname === '/' ? ['html', PAGE] : ['javascript', await textOf(folder, pathname)]
      const headers = { 'content-type': `text/${type}; charset=utf-8`, 'content-security-policy': policy }
      response.writeHead(200, headers).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Runs a script of the folder in the page itself, with the import map. Throws what it throws. (A text, as test runners rewrite imports.) */
export const runInPage = (page, script) => page.evaluate(`import('/${script}').then(({ answer }) => answer)`)

/** Runs it in a worker, by address. Throws what it throws. */
export async function runInWorker(page, script) {
  const { answer, failed } = await page.evaluate(
    (path) =>
      new Promise((resolve) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => {
          worker.terminate()
          resolve(data)
        }
        worker.onerror = (event) => resolve({ failed: event.message ?? 'the worker could not be started' })
        worker.postMessage(path)
      }),
    `${BY_ADDRESS}${script}`,
  )
  if (failed !== undefined) throw new Error(failed)
  return answer
}
