/**
 * `node scripts/pack-library.js FOLDER`: packs @heedful/detect as it would be published, installs it in FOLDER, an empty
 * project, and writes the example of its README beside it: `node FOLDER/example.mjs`. Run `npm run build` first.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const library = fileURLToPath(new URL('../packages/detect', import.meta.url))
const npm = (cwd, ...words) =>
  execFileSync('npm', [...words, '--ignore-scripts'], { cwd, encoding: 'utf8', stdio: 'pipe' })

/** The first block of TypeScript in the README of the library. It has no types in it, so it is JavaScript, too. */
export function readExample() {
  const readme = readFileSync(join(library, 'README.md'), 'utf8')
  return /^```ts\n([\s\S]*?)^```$/m.exec(readme)[1]
}

/** Makes the project. @returns {{ tarball: string, size: number, unpackedSize: number, files: { path: string, size: number }[] }} */
export function installPacked(folder) {
  mkdirSync(folder, { recursive: true })
  const [packed] = JSON.parse(npm(library, 'pack', '--json', '--pack-destination', resolve(folder)))
  const { filename, size, unpackedSize, files } = packed
  writeFileSync(join(folder, 'package.json'), '{"name":"an-empty-project","private":true}\n')
  npm(folder, 'install', `./${filename}`, '--offline', '--no-audit', '--no-fund')
  writeFileSync(join(folder, 'example.mjs'), readExample())
  return { tarball: join(folder, filename), size, unpackedSize, files }
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('node scripts/pack-library.js FOLDER')
    process.exit(2)
  }
  const { tarball, size } = installPacked(folder)
  console.log(`${tarball}: ${size} bytes`)
}
