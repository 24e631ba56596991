/** `npm run docs`: writes the page of every detector, and the table of the page that helps to choose. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { detectorPages } from './detector-pages/pages.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = 'docs/detectors'

const read = (path) => {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return undefined
  }
}

mkdirSync(join(ROOT, FOLDER), { recursive: true })
const pages = detectorPages()
for (const [path, text] of pages) {
  if (read(path) === text) continue
  writeFileSync(join(ROOT, path), text)
  console.log(`wrote ${path}`)
}
for (const name of readdirSync(join(ROOT, FOLDER))) {
  if (pages.has(`${FOLDER}/${name}`)) continue
  rmSync(join(ROOT, FOLDER, name))
  console.log(`removed ${FOLDER}/${name}: no detector has that name`)
}
