/** The library as somebody gets it who installs it: packed, in an empty project, in Node, in a page and in a worker. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { POLICY, runInPage, runInWorker, serveFolder } from '../bench/package/serve-folder.js'
import { installPacked } from '../scripts/pack-library.js'
import { findChromium, NO_CHROMIUM } from './house/browser.ts'
import { ROOT } from './house/sources.ts'

const built = existsSync(join(ROOT, 'packages/detect/dist/index.js'))
const executablePath = findChromium()

describe('the packed library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heedful-package-'))
  const installed = join(folder, 'node_modules/@heedful/detect')
  let packed: ReturnType<typeof installPacked>

  beforeAll(() => {
    if (built) packed = installPacked(folder)
  })
  beforeEach((context) => {
    if (!built) context.skip('the packages are not built (npm run build)')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('holds what runs, its sources and its licence, and nothing that tests it', () => {
    const paths = packed.files.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']))
    expect(paths.filter((path) => /\.test\.|fixture|tsbuildinfo/.test(path))).toEqual([])
  })

  it('brings nothing else along', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@heedful'])
    expect(readdirSync(join(folder, 'node_modules/@heedful'))).toEqual(['detect'])
  })

  it('runs the example of its README', () => {
    execFileSync(process.execPath, ['example.mjs'], { cwd: folder, stdio: 'pipe' })
  })

  it.each([
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ])('has types that check by themselves, resolved as %s', (_, module, moduleResolution) => {
    const file = join(folder, 'example.mts')
    writeFileSync(file, readFileSync(join(folder, 'example.mjs'), 'utf8'))
    const options = { module, moduleResolution, strict: true, noEmit: true, types: [], skipLibCheck: false }
    const lib = ['lib.es2022.d.ts']
    const program = ts.createProgram([file], { ...options, target: ts.ScriptTarget.ES2022, lib })
    const said = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)
    expect(said).toEqual([])
    expect(program.getSourceFile(join(installed, 'dist/index.d.ts'))).toBeDefined()
  })

  it('is published as publint would have it', async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true })
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([])
  })

  it.each([
    ["import { ecod } from '@heedful/detect/detectors/table/ecod'; console.log(ecod)", 'ecod'],
    ["import { isolationForest } from '@heedful/detect'; console.log(isolationForest)", 'isolation-forest'],
  ])('%s brings no other detector along', async (contents, own) => {
    const { metafile } = await build({
      stdin: { contents, resolveDir: folder },
      ...{ bundle: true, write: false, metafile: true, format: 'esm', minify: true },
    })
    const [output] = Object.values(metafile!.outputs)
    const used = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    const others = used.map(([path]) => /detectors\/table\/(.*)\.js$/.exec(path)?.[1]).filter(Boolean)
    expect(others).toEqual([own])
    expect(output!.bytes).toBeLessThan(60_000)
  })

  it('runs the example in a page and in a worker; without its policy it says what is missing', async (context) => {
    if (executablePath === undefined) return context.skip(NO_CHROMIUM)
    const open = await serveFolder(folder)
    const closed = await serveFolder(folder, POLICY.replace(" 'wasm-unsafe-eval'", ''))
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      await page.goto(open.origin)
      await runInPage(page, 'example.mjs')
      await runInWorker(page, 'example.mjs')
      await page.goto(closed.origin)
      await expect(runInPage(page, 'example.mjs')).rejects.toThrow(/needs 'wasm-unsafe-eval'/)
      await expect(runInWorker(page, 'example.mjs')).rejects.toThrow(/needs 'wasm-unsafe-eval'/)
    } finally {
      await browser.close()
      for (const { stop } of [open, closed]) stop()
    }
  })
})
