#!/usr/bin/env node
/**
 * npm run new -- detector|preparer|source|feature|behaviour NAME
 *
 * Writes the file (a source: the folder) and the line in its registry, so that what is left to do is the idea itself.
 * What it writes compiles and passes the checks that run over the registry; it never overwrites anything.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { camelCase, register } from './registry-line.js'
import { behaviour } from './templates/behaviour.js'
import { detector } from './templates/detector.js'
import { feature } from './templates/feature.js'
import { preparer } from './templates/preparer.js'
import { source } from './templates/source.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const KINDS = { detector, preparer, source, feature, behaviour }
const USAGE = `Usage: npm run new -- ${Object.keys(KINDS).join('|')} NAME   (NAME in kebab-case: half-space-trees)`

/** Words that a name in TypeScript cannot be. */
const RESERVED = /^(new|delete|default|class|function|in|of|this|void|with|yield|enum|export|import|registry|index)$/

function refuse(why) {
  console.error(`${why}\n${USAGE}`)
  process.exit(2)
}

function readArguments([kind, name, ...rest]) {
  if (kind === undefined || name === undefined || rest.length > 0) refuse('Say what to make, and its name.')
  if (!Object.hasOwn(KINDS, kind)) refuse(`"${kind}" is no kind of thing.`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 48) {
    refuse(`"${name}" is no name: lower-case words joined by hyphens, at most 48 characters.`)
  }
  if (RESERVED.test(name)) refuse(`"${name}" is taken by the language or the house: choose another name.`)
  return { kind, name }
}

function write(files, registry) {
  const taken = Object.keys(files).find((path) => existsSync(join(ROOT, path)))
  if (taken !== undefined) refuse(`${taken} exists already, and nothing is overwritten.`)
  if (!existsSync(join(ROOT, registry.path))) refuse(`There is no ${registry.path} to add a line to.`)
  const before = readFileSync(join(ROOT, registry.path), 'utf8')
  const after = register(before, registry)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true })
    writeFileSync(join(ROOT, path), text)
  }
  writeFileSync(join(ROOT, registry.path), after)
}

/** The one formatter of the house puts imports in order and lines in shape. */
function format(paths) {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  execFileSync(process.execPath, [biome, 'check', '--write', '--vcs-enabled=false', ...paths], {
    cwd: ROOT,
    stdio: 'pipe',
  })
}

const { kind, name } = readArguments(process.argv.slice(2))
const { files, registry, next } = KINDS[kind]({ name, camel: camelCase(name), snake: name.replaceAll('-', '_') })
write(files, registry)
format([...Object.keys(files).filter((path) => path.endsWith('.ts')), registry.path])
for (const path of Object.keys(files)) console.log(`wrote ${relative(process.cwd(), join(ROOT, path))}`)
console.log(`added a line to ${registry.path}`)
console.log(`\n${next}`)
