/** The library as it is published: bytes, what one detector brings along, forests in Node and in Chromium. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { installPacked } from '../scripts/pack-library.js'
import { writeResult } from './measured/write.js'
import { runInPage, runInWorker, serveFolder } from './package/serve-folder.js'
import { launch } from './page/browser.js'

const HELP = `npm run bench -- package [options]
  --rounds 3          of Node, page and worker in turn; the fastest counts
  --write             keep the report in bench/results/package.md`

const SCRIPT = 'forests.mjs'
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`

/** Bytes of what a page would load, minified. */
async function bundled(folder, contents) {
  const stdin = { contents, resolveDir: folder }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', minify: true })
  const [{ contents: bytes }] = outputFiles
  return { bytes: bytes.length, gzip: gzipSync(bytes).length }
}

const camelCase = (id) => id.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase())
const importing = (id) => `export { ${camelCase(id)} } from '@heedful/detect/detectors/table/${id}'`

async function sizes(folder, { size, unpackedSize, files }, ids) {
  const rows = []
  for (const id of ids) rows.push([id, await bundled(folder, importing(id))])
  rows.sort(([, a], [, b]) => a.gzip - b.gzip)
  const whole = await bundled(folder, "export * from '@heedful/detect'")
  return [
    `The tarball has ${kilobytes(size)}, ${kilobytes(unpackedSize)} unpacked, in ${files.length} files; no dependency. Bundled and`,
    'minified by esbuild:',
    '',
    '| import | bytes | gzip |',
    '|---|---:|---:|',
    ...[...rows, ['everything that `@heedful/detect` exports', whole]].map(
      ([name, { bytes, gzip }]) => `| ${name} | ${kilobytes(bytes)} | ${kilobytes(gzip)} |`,
    ),
  ]
}

const inNode = (folder) => {
  const code = `import { answer } from './${SCRIPT}'; console.log(JSON.stringify(answer))`
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' }),
  )
}

/** The fastest of several rounds in each place, taken in turn. */
async function times(folder, rounds) {
  copyFileSync(fileURLToPath(new URL('package/forests.js', import.meta.url)), join(folder, SCRIPT))
  const { origin, stop } = await serveFolder(folder)
  const browser = await launch()
  const best = new Map()
  const note = (place, answer) => {
    for (const [id, ms] of Object.entries(answer)) {
      const known = best.get(id) ?? {}
      best.set(id, { ...known, [place]: Math.min(ms, known[place] ?? ms) })
    }
  }
  try {
    for (let round = 0; round < rounds; round++) {
      note('node', inNode(folder))
      const page = await browser.newPage()
      await page.goto(origin)
      note('page', await runInPage(page, SCRIPT))
      note('worker', await runInWorker(page, SCRIPT))
      await page.close()
    }
    return { version: browser.version(), best }
  } finally {
    await browser.close()
    stop()
  }
}

const speedTable = ({ version, best }) => [
  `Scoring 10,000 × 20, ms, Node ${process.versions.node} and Chromium ${version}; aim: at most a third more than in Node.`,
  '',
  '| forest | Node | page | worker | page / Node | worker / Node |',
  '|---|---:|---:|---:|---:|---:|',
  ...[...best].map(([id, { node, page, worker }]) => {
    const ratios = [page, worker].map((ms) => `${(ms / node).toFixed(2)}${ms / node > 4 / 3 ? ' **!**' : ''}`)
    return `| ${id} | ${[node, page, worker].map((ms) => ms.toFixed(1)).join(' | ')} | ${ratios.join(' | ')} |`
  }),
]

export async function main(words) {
  const flags = { write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } }
  const { values } = parseArgs({ args: words, options: { rounds: { type: 'string', default: '3' }, ...flags } })
  if (values.help) return console.log(HELP)
  const folder = mkdtempSync(join(tmpdir(), 'heedful-package-'))
  try {
    const packed = installPacked(folder)
    const { detectors } = await import('@heedful/detect')
    const ids = detectors.map(({ id }) => id)
    const body = [
      ...(await sizes(folder, packed, ids)),
      '',
      ...speedTable(await times(folder, Number(values.rounds))),
    ].join('\n')
    console.log(body)
    if (values.write) {
      writeResult(
        'package',
        'The library as it is published',
        `npm run bench -- package ${words.join(' ')}`.trim(),
        body,
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
